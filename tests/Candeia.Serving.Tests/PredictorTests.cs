using System.Diagnostics;

namespace Candeia.Serving.Tests;

public class PredictorTests
{
    [Fact]
    public async Task Thousands_of_requests_from_many_threads_get_the_bits_that_each_would_get_alone()
    {
        var network = Models.Network();
        await using var predictor = new Predictor(Models.Served(network), new(Most: 32, Queue: 10_000));
        var random = new Generator(3);
        Tensor[] questions = [.. Enumerable.Range(0, 97).Select(i => Tensor.Randn([i % 5 + 1, 8], generator: random).Keep())];
        float[][] expected = [.. questions.Select(q => Models.Alone(network, q))];
        int wrong = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 4000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var answer = await predictor.PredictAsync([questions[i % questions.Length]], CancellationToken.None);
            if (!answer[0].ToArray<float>().SequenceEqual(expected[i % questions.Length])) Interlocked.Increment(ref wrong);
        });
        Assert.Equal(0, wrong);
        Assert.True(network.IsTraining);
    }

    [Fact]
    public async Task What_comes_while_a_batch_is_computed_is_the_next_one()
    {
        var model = new GatedModel();
        await using var predictor = new Predictor(model, new(Most: 8));
        var first = predictor.PredictAsync([Tensor.Full([1, 2], 1f)]);
        Until(() => model.Sizes.Count == 1);
        Task<IReadOnlyList<Tensor>>[] others = [.. Enumerable.Range(2, 10).Select(i => predictor.PredictAsync([Tensor.Full([1, 2], (float)i)]))];
        model.Gate.Set();
        Assert.Equal(new float[] { 2, 2 }, (await first)[0].ToArray<float>());
        for (int i = 0; i < others.Length; i++) Assert.Equal(new[] { 2f * (i + 2), 2f * (i + 2) }, (await others[i])[0].ToArray<float>());
        Assert.Equal([1, 8, 2], model.Sizes);
    }

    [Fact]
    public async Task A_delay_lets_the_first_wait_for_others_until_the_batch_is_full()
    {
        var model = new GatedModel(open: true);
        await using var predictor = new Predictor(model, new(Most: 3) { Delay = TimeSpan.FromMinutes(1) });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => predictor.PredictAsync([Tensor.Zeros([1, 2])])));
        Assert.Equal([3, 3], model.Sizes);
    }

    [Fact]
    public async Task Other_shapes_are_other_batches()
    {
        var model = new GatedModel();
        await using var predictor = new Predictor(model);
        var first = predictor.PredictAsync([Tensor.Zeros([1, 1])]);
        Until(() => model.Sizes.Count == 1);
        Task<IReadOnlyList<Tensor>>[] others = [.. ((int[])[2, 2, 3, 2]).Select(n => predictor.PredictAsync([Tensor.Ones([1, n])]))];
        model.Gate.Set();
        await first;
        int[] sizes = [.. (await Task.WhenAll(others)).Select(y => y[0].Shape[1])];
        Assert.Equal([2, 2, 3, 2], sizes);
        Assert.Equal([1, 2, 1, 1], model.Sizes);
    }

    [Fact]
    public async Task One_bad_question_spoils_no_others_answer()
    {
        var model = new GatedModel();
        await using var predictor = new Predictor(model);
        var first = predictor.PredictAsync([Tensor.Zeros([1, 1])]);
        Until(() => model.Sizes.Count == 1);
        var (good, bad, fine) = (predictor.PredictAsync([Tensor.Full([1, 1], 1f)]), predictor.PredictAsync([Tensor.Full([1, 1], 13f)]), predictor.PredictAsync([Tensor.Full([1, 1], 3f)]));
        model.Gate.Set();
        await first;
        Assert.Equal(2f, (await good)[0].Item<float>());
        Assert.Equal(6f, (await fine)[0].Item<float>());
        Assert.Equal("13 brings no luck.", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal(8f, (await predictor.PredictAsync([Tensor.Full([1, 1], 4f)]))[0].Item<float>());
    }

    [Fact]
    public async Task Who_leaves_is_not_computed_for()
    {
        var model = new GatedModel();
        await using var predictor = new Predictor(model);
        var first = predictor.PredictAsync([Tensor.Zeros([1, 1])]);
        Until(() => model.Sizes.Count == 1);
        using var cancel = new CancellationTokenSource();
        var (left, stays) = (predictor.PredictAsync([Tensor.Zeros([1, 1])], cancel.Token), predictor.PredictAsync([Tensor.Zeros([2, 1])]));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        model.Gate.Set();
        await first;
        await stays;
        Assert.Equal([1, 2], model.Sizes);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_an_ending_one_answers_what_it_has_taken()
    {
        var model = new GatedModel();
        var predictor = new Predictor(model, new(Most: 1, Queue: 3), "net");
        var first = predictor.PredictAsync([Tensor.Full([1, 1], 1f)]);
        Until(() => model.Sizes.Count == 1);
        Task<IReadOnlyList<Tensor>>[] taken = [.. Enumerable.Range(0, 3).Select(i => predictor.PredictAsync([Tensor.Full([1, 1], (float)i)]))];
        var full = await Assert.ThrowsAsync<QueueFullException>(() => predictor.PredictAsync([Tensor.Zeros([1, 1])]));
        Assert.Equal("The model 'net' is busy: 3 requests are waiting already. Ask again in a moment.", full.Message);
        var end = predictor.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => predictor.PredictAsync([Tensor.Zeros([1, 1])]));
        Assert.False(end.IsCompleted);
        model.Gate.Set();
        await end;
        Assert.True(first.IsCompletedSuccessfully);
        for (int i = 0; i < 3; i++) Assert.Equal(2f * i, (await taken[i])[0].Item<float>());
    }

    [Fact]
    public async Task Inputs_that_do_not_fit_are_refused_with_what_would()
    {
        await using var predictor = new Predictor(Models.Served(Models.Network()), new(Most: 4), "net");
        async Task Refused(string words, params Tensor[] inputs) =>
            Assert.Contains(words, (await Assert.ThrowsAsync<ArgumentException>(() => predictor.PredictAsync(inputs))).Message, StringComparison.Ordinal);
        await Refused("takes x: FP32 [-1, 8], not 2 tensors", Tensor.Zeros([1, 8]), Tensor.Zeros([1, 8]));
        await Refused("takes x: FP32 [-1, 8], not float32 [1, 7]", Tensor.Zeros([1, 7]));
        await Refused("not float64 [1, 8]", Tensor.Zeros([1, 8], DType.Float64));
        await Refused("1 to 4 items at a time, not 5", Tensor.Zeros([5, 8]));
        await Refused("1 to 4 items at a time, not 0", Tensor.Zeros([0, 8]));
        Assert.Throws<ArgumentException>(() => new Predictor(new ServedLayer(new Candeia.NN.Identity(), ModelValue.Of("z", [1], DType.Complex64), ModelValue.Of("y", [1]))));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Predictor(new GatedModel(), new(Most: 0)));
    }

    [Fact]
    public async Task A_model_without_a_free_batch_computes_each_request_alone()
    {
        var network = Models.Network();
        await using var predictor = new Predictor(new ServedLayer(network, new("x", DType.Float32, [2, 8]), new("y", DType.Float32, [2, 3])));
        var x = Tensor.Randn([2, 8], generator: new(5));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => predictor.PredictAsync([x])));
        Assert.All(answers, y => Assert.Equal(Models.Alone(network, x), y[0].ToArray<float>()));
    }

    [Fact]
    public async Task Several_predictors_may_share_a_network()
    {
        var network = Models.Network();
        await using Predictor a = new(Models.Served(network)), b = new(Models.Served(network));
        var x = Tensor.Randn([1, 8], generator: new(7));
        var expected = Models.Alone(network, x);
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => (i % 2 == 0 ? a : b).PredictAsync([x])));
        Assert.All(answers, y => Assert.Equal(expected, y[0].ToArray<float>()));
    }

    [Fact]
    public async Task Who_traces_sees_how_long_each_request_waited_for_its_answer()
    {
        List<Activity> seen = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Candeia.Serving",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { lock (seen) seen.Add(activity); },
        };
        ActivitySource.AddActivityListener(listener);
        await using var predictor = new Predictor(Models.Served(Models.Network()), name: "traced");
        await predictor.PredictAsync([Tensor.Zeros([3, 8])]);
        lock (seen)
        {
            var one = Assert.Single(seen, a => a.GetTagItem("candeia.model") as string == "traced");
            Assert.Equal("candeia.predict", one.OperationName);
            Assert.Equal(3, one.GetTagItem("candeia.items"));
        }
    }

    [Fact]
    public async Task An_answer_is_the_askers_own_even_where_the_model_gives_what_it_was_given()
    {
        var constant = Tensor.Ones([1, 2]);
        await using Predictor identity = new(new ServedLayer(new Candeia.NN.Identity(), ModelValue.Of("x", [2]), ModelValue.Of("y", [2]))),
            fixedly = new(new ServedLayer(new Candeia.NN.Identity(), ModelValue.Of("x", [2]), ModelValue.Of("y", [2])) { Then = _ => constant });
        var x = Tensor.Zeros([1, 2]);
        (await identity.PredictAsync([x]))[0].Fill(5);
        (await fixedly.PredictAsync([x]))[0].Fill(5);
        Assert.Equal([0, 0], x.ToArray<float>());
        Assert.Equal([1, 1], constant.ToArray<float>());
    }

    internal static void Until(Func<bool> holds) => Assert.True(SpinWait.SpinUntil(holds, TimeSpan.FromMinutes(1)), "It did not come to this within a minute.");
}
