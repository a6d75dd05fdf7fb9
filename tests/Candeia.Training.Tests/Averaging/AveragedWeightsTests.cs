using System.Text.Json;
using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Training.Tests;

/// <summary>Against torch.optim.swa_utils: tests/golden/families/averaging.py.</summary>
public sealed class AveragedWeightsTests : IDisposable
{
    const int Epochs = 6;
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Tensor Sines(Shape shape, double shift) => Tensor.From(Enumerable.Range(0, (int)shape.Numel).Select(i => Math.Sin(i * 1.7 + shift)).ToArray(), shape);

    static Learner<Sequential> Learner()
    {
        var net = new Sequential(new Linear(3, 4), new BatchNorm1d(4), new ReLU(), new Linear(4, 1)).To(DType.Float64);
        foreach (var (i, p) in net.Parameters().Index())
            if (i is not (2 or 3)) p.Detach().CopyFrom(Sines(p.Shape, i));
        return net.Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.05, momentum: 0.9)) with { Callbacks = [] };
    }

    static TensorDataset Data { get; } = new(Sines([40, 3], 0.3), Sines([40, 1], 0.7));

    static Fitted<Sequential> Fit(Learner<Sequential> learner, int epochs = Epochs) => learner.Fit(Data.Loader(8), epochs, Data.Loader(40));

    static void AssertState(JsonElement expected, Module model)
    {
        foreach (var (name, tensor) in model.StateDict())
            foreach (var (e, a) in expected.GetProperty("state").GetProperty(name).EnumerateArray().Zip(tensor.ToArray<double>())) Assert.Equal(e.GetDouble(), a, 1e-9);
    }

    public static TheoryData<string, AveragedWeights> Averages => new() { { "ema", new EmaWeights(0.9) }, { "swa", new SwaWeights(start: 3) } };

    [Theory]
    [MemberData(nameof(Averages))]
    public void Averages_are_those_of_PyTorch_when_they_are_validated_and_in_the_end(string name, AveragedWeights average)
    {
        var expected = Golden.Json("averaging").GetProperty(name);
        int epoch = 0;
        var fitted = Fit(Learner().With(average, new Watcher { EpochEnd = e => AssertState(expected[epoch++], e.Run.Model) }));
        Assert.Equal(Epochs, epoch);
        foreach (var result in fitted.History.Epochs) Assert.Equal(expected[result.Epoch - 1].GetProperty("valid_loss").GetDouble(), result.Valid!.Loss, 1e-9);
        AssertState(expected[Epochs - 1], fitted.Model);
        Assert.Equal(fitted.History.Epochs[^1].Valid!.Loss, fitted.Evaluate(Data.Loader(40)).Loss, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Averages))]
    public void Training_does_not_notice(string name, AveragedWeights average)
    {
        List<float[]> with = [], without = [];
        Fit(Learner().With(average, new Watcher { BatchEnd = e => { if (e.Phase == Phase.Train) with.Add(e.Run.Model.Bits()); } }));
        Fit(Learner().With(new Watcher { BatchEnd = e => { if (e.Phase == Phase.Train) without.Add(e.Run.Model.Bits()); } }));
        Assert.True(with.Zip(without).All(p => p.First.SequenceEqual(p.Second)), name);
    }

    [Theory]
    [InlineData("ema", 4, 2)]
    [InlineData("swa", 4, 1)]
    [InlineData("swa", 2, 3)]
    [InlineData("ema", 6, 5)]
    [InlineData("few", 4, 1)]
    [InlineData("few", 4, 3)]
    public void A_resumed_run_has_the_same_average(string name, int epoch, int batch)
    {
        AveragedWeights Average() => name switch { "ema" => new EmaWeights(0.9), "few" => new SwaWeights(start: 3, batches: 2), _ => new SwaWeights(start: 3) };
        var whole = Fit(Learner().With(Average())).Model.Bits();
        foreach (int every in new[] { 1, 100 })
        {
            string path = _folder[$"{every}"];
            var killer = new Watcher { BatchEnd = e => { if ((e.Phase, e.Epoch, e.Batch) == (Phase.Train, epoch, batch)) throw new InvalidOperationException("killed"); } };
            Assert.Throws<CallbackException>(() => Fit(Learner().With(Average(), new AutoResume(path, every), killer)));
            Assert.Equal(whole, Fit(Learner().With(Average(), new AutoResume(path, every))).Model.Bits());
            Assert.Equal(whole, Fit(Learner().With(Average(), new AutoResume(path, every))).Model.Bits());      // nothing is left to do
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(50)]
    public void With_batches_kept_nothing_is_read_again(int batches)
    {
        int begun = 0, made = 0;
        IEnumerable<Batch> Source()
        {
            begun++;
            foreach (var batch in Data.Loader(8))
            {
                made++;
                yield return batch;
            }
        }

        var kept = Learner().With(new SwaWeights(start: 3, batches)).Fit(new Again<Batch>(Source), Epochs, Data.Loader(40));
        Assert.Equal((Epochs, 5 * Epochs), (begun, made));
        var norm = kept.Model.NamedModules().Select(m => m.Module).OfType<BatchNorm1d>().Single();
        Assert.Equal(Math.Min(batches, 5), norm.NumBatchesTracked!.Item());
        if (batches >= 5) Assert.Equal(Fit(Learner().With(new SwaWeights(start: 3))).Model.Bits(), kept.Model.Bits());
    }

    /// <summary>A source that is gone through anew each time.</summary>
    sealed class Again<T>(Func<IEnumerable<T>> source) : IEnumerable<T>
    {
        public IEnumerator<T> GetEnumerator() => source().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void Averages_are_taken_after_updates_and_not_after_batches_without()
    {
        var ema = new EmaWeights(decay: 0);                                 // the average is what it was taken of last
        double[] Parameters(Module model) => [.. model.Parameters().SelectMany(p => p.ToArray<double>())];
        double[] with = Parameters(Fit(Learner().With(ema, new AccumulateGradients(2))).Model);
        Assert.Equal(3 * Epochs, ema.Count);
        foreach (var (e, a) in Parameters(Fit(Learner().With(new AccumulateGradients(2))).Model).Zip(with)) Assert.Equal(e, a, 1e-12);
    }

    [Fact]
    public void A_step_that_tells_of_no_update_is_refused()
    {
        var learner = Learner().Step((model, context) =>
        {
            var output = model.Forward(context.Batch.X);
            return new(output, output.MseLoss(context.Batch.Y));
        });
        Assert.Contains("No update of the parameters was seen", Assert.Throws<CallbackException>(() => Fit(learner.With(new EmaWeights()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_cancels_does_not_wait_for_all_the_data_once_more()
    {
        int made = 0;
        using var cancel = new CancellationTokenSource();
        var batches = Data.Loader(1, workers: 0).Select(b => { made++; return new Batch(Tensor.Cat([b.X, b.X]), Tensor.Cat([b.Y, b.Y])); });
        var fitted = Learner().With(new SwaWeights(start: 1), new Watcher { BatchEnd = e => { if (e.Batch == 3) cancel.Cancel(); } }).Fit(batches, 2, cancellation: cancel.Token);
        Assert.Equal((1, "cancelled"), (fitted.History.Epochs.Count, fitted.History.StopReason));
        Assert.InRange(made, 3 + 2, 3 + 15);
        Assert.All(fitted.Model.Bits(), x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void A_fit_that_goes_on_trains_what_was_trained()
    {
        float[] whole = Fit(Learner().With(new EmaWeights(0.9))).Model.Bits();
        var half = Fit(Learner().With(new EmaWeights(0.9)), 3);
        Assert.Equal(whole, half.Fit(Data.Loader(8), 3, Data.Loader(40)).Model.Bits());
    }
}
