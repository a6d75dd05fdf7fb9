using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class VerbTests
{
    static readonly TensorDataset s_data = Tiny.Points(100);

    [Fact]
    public void Fit_takes_data_sets_tensors_and_arrays()
    {
        float[,] x = new float[100, 3];
        for (int i = 0; i < 300; i++) x[i / 3, i % 3] = s_data.X.ToArray<float>()[i];
        foreach (var fitted in new[]
        {
            Tiny.Learner().Fit(s_data, epochs: 4, valid: s_data, batchSize: 10),
            Tiny.Learner().Fit(s_data, epochs: 4, valid: s_data.Loader(10), batchSize: 10),
            Tiny.Learner().Fit(s_data.X, s_data.Y, epochs: 4, valid: (s_data.X, s_data.Y), batchSize: 10),
            Tiny.Learner().Fit(x, s_data.Y.ToArray<float>(), epochs: 4, valid: 0.25, batchSize: 10),
            Tiny.Learner().Fit(s_data.X, s_data.Y, epochs: 2, batchSize: 10).Fit(s_data.X, s_data.Y, epochs: 2, valid: (s_data.X, s_data.Y), batchSize: 10),
            Tiny.Learner().Fit(s_data, epochs: 2, batchSize: 10).Fit(x, s_data.Y.ToArray<float>(), epochs: 2, valid: 0.25, batchSize: 10),
        })
        {
            Assert.Equal(4, fitted.History.Epochs.Count);
            Assert.InRange(fitted.History.Epochs[^1].Valid!.Loss, 0, 0.1);
        }
    }

    [Fact]
    public void Every_verb_takes_every_form()
    {
        var learner = Tiny.Learner();
        double[,] wide = new double[100, 3];
        float[,] narrow = new float[100, 3];
        float[,,] deep = new float[100, 3, 1];
        float[] x = s_data.X.ToArray<float>(), y = s_data.Y.ToArray<float>();
        for (int i = 0; i < 300; i++) (wide[i / 3, i % 3], narrow[i / 3, i % 3], deep[i / 3, i % 3, 0]) = (x[i], x[i], x[i]);
        double[] exact = [.. y];
        List<Batch> batches = [.. s_data.Loader(32)];
        PhaseResult[] results =
        [
            learner.Evaluate(s_data), learner.Evaluate(s_data.Loader(32)), learner.Evaluate(batches), learner.Evaluate(batches.ToArray()), learner.Evaluate(batches.Select(b => b)),
            learner.Evaluate(s_data.X, s_data.Y), learner.Evaluate((s_data.X, s_data.Y)), learner.Evaluate(narrow, y), learner.Evaluate(wide, exact), learner.Evaluate((wide, y)),
            learner.Evaluate(TrainingData.Of(batches.Select(b => b))), learner.Fit(wide, exact, epochs: 0).Evaluate(narrow, exact),
        ];
        Assert.All(results, r => Assert.Equal(results[0].Loss, r.Loss, 1e-6));
        float[] predicted = learner.Predict(s_data.X).ToArray<float>();
        Tensor[] all =
        [
            learner.Predict(s_data), learner.Predict(s_data.Loader(7)), learner.Predict(batches), learner.Predict(batches.ToArray()), learner.Predict(narrow), learner.Predict(wide),
            learner.Predict((wide, y)), learner.PredictOutputs(s_data)[0], learner.PredictOutputs((s_data.X, s_data.Y))[0], learner.Fit(s_data, epochs: 0).Predict(wide),
        ];
        Assert.All(all, p => Assert.Equal(predicted, p.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5));
        foreach (var fitted in new[]
        {
            Tiny.Learner().Fit(wide, exact, epochs: 3, valid: (wide, exact), batchSize: 10), Tiny.Learner().Fit((wide, y), epochs: 3, valid: 0.25, batchSize: 10),
            Tiny.Learner().Fit(batches, epochs: 3, valid: batches), Tiny.Learner().Fit(s_data, epochs: 3, valid: batches, batchSize: 10),
            Tiny.Learner().Fit((s_data.X, s_data.Y), epochs: 3, valid: s_data.Loader(50), batchSize: 10), Tiny.Learner().Fit(s_data.Loader(10), epochs: 3, valid: batches.Select(b => b)),
        })
        {
            Assert.Equal(3, fitted.History.Epochs.Count);
            Assert.True(fitted.History.Epochs[^1].Valid!.Loss < fitted.History.Epochs[0].Valid!.Loss);
        }
        Assert.Equal([100, 3, 1], new Same().Setup(Tiny.Loss, p => new SGD(p, 0.1)).Quiet().Predict(deep).Shape);
        Assert.Equal(DType.Float64, (new Line(1).To(DType.Float64).Setup(Tiny.Loss, p => new SGD(p, 0.1)) with { Callbacks = [] }).Predict(narrow).DType);
        Assert.Contains("String[]", Assert.Throws<ArgumentException>(() => learner.Predict(new[] { "a" })).Message, StringComparison.Ordinal);
        Assert.Contains("not of batches", Assert.Throws<ArgumentException>(() => learner.Fit(TrainingData.Of(batches), epochs: 1, valid: 0.5)).Message, StringComparison.Ordinal);
    }

    sealed class Same : Layer
    {
        readonly Linear unused = new(1, 1);

        public int Unused => unused.Parameters().Count;

        public override Tensor Forward(Tensor x) => x;
    }

    [Fact]
    public void Fitting_a_learner_twice_trains_the_same_model_on()
    {
        var learner = Tiny.Learner();
        var (first, second) = (learner.Fit(s_data, epochs: 1), learner.Fit(s_data, epochs: 1));
        Assert.Same(first.Model, second.Model);
        Assert.True(second.History.Epochs[0].Train.Loss < first.History.Epochs[0].Train.Loss);
        Assert.Single(second.History.Epochs);
    }

    [Theory]
    [InlineData(0.2, 80, 20)]
    [InlineData(0.5, 50, 50)]
    public void A_fraction_is_held_out(double fraction, int train, int valid)
    {
        HashSet<float> trained = [], validated = [];
        var fitted = Tiny.Learner().With(new Watcher { BatchEnd = e => (e.Phase == Phase.Train ? trained : validated).UnionWith(e.Data.Y.ToArray<float>()) }).Fit(s_data, epochs: 2, valid: fraction);
        Assert.Equal((train, valid), (fitted.History.Epochs[0].Train.Samples, fitted.History.Epochs[0].Valid!.Samples));
        Assert.Equal((train, valid), (trained.Count, validated.Count));
        Assert.Empty(trained.Intersect(validated));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Not_everything_is_a_fraction(double fraction) => Assert.Throws<ArgumentOutOfRangeException>(() => Tiny.Learner().Fit(s_data, epochs: 1, valid: fraction));

    [Fact]
    public void A_fraction_that_leaves_nothing_is_refused() =>
        Assert.Contains("one part would be empty", Assert.Throws<ArgumentException>(() => Tiny.Learner().Fit(s_data[..2].Concat(s_data[..0]), epochs: 1, valid: 0.1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Evaluate_and_Predict_take_what_Fit_takes()
    {
        float[,] x = new float[100, 3];
        Buffer.BlockCopy(s_data.X.ToArray<float>(), 0, x, 0, 300 * sizeof(float));
        var fitted = Tiny.Learner().Fit(s_data, epochs: 1, batchSize: 10);
        double expected = fitted.Evaluate(s_data).Loss;
        foreach (var result in new[] { fitted.Evaluate(s_data.Loader(32)), fitted.Evaluate(s_data.X, s_data.Y), fitted.Evaluate(x, s_data.Y.ToArray<float>()) })
            Assert.Equal(expected, result.Loss, 1e-9);
        float[] predictions = fitted.Predict(s_data).ToArray<float>();
        Assert.Equal(predictions, fitted.Predict(s_data.X).ToArray<float>());
        Assert.Equal(predictions, fitted.Predict(x).ToArray<float>());
    }

    [Fact]
    public void Evaluate_takes_other_metrics()
    {
        var learner = Tiny.Learner().Measure(Phase.Valid, new Pearson());
        Assert.Equal(["mae", "pearson"], learner.Evaluate(s_data).Metrics.Keys);
        Assert.Equal(["rmse"], learner.Evaluate(s_data, [new RootMeanSquaredError()]).Metrics.Keys);
        var result = learner.Evaluate(s_data, metrics: [new MeanSquaredError()]);
        Assert.Equal(result.Loss, result["mse"], 1e-5);
    }

    [Fact]
    public void Training_and_validation_may_be_measured_differently()
    {
        var epoch = Tiny.Learner().Measure(Phase.Train, new RootMeanSquaredError()).Measure(Phase.Valid, new Pearson(), new MeanSquaredError()).Fit(s_data, epochs: 1, valid: s_data).History.Epochs[0];
        Assert.Equal(["mae", "rmse"], epoch.Train.Metrics.Keys);
        Assert.Equal(["mae", "pearson", "mse"], epoch.Valid!.Metrics.Keys);
        Assert.Contains("train_rmse", new History([epoch]).ToCsv(), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_gives_the_same_in_every_form()
    {
        var learner = Tiny.Learner();
        float[] all = learner.Predict(s_data.Loader(100)).ToArray<float>();
        Assert.Equal(100, all.Length);
        Assert.Equal(all, learner.Predict(s_data, batchSize: 30).ToArray<float>());
        Assert.Equal(all, learner.Predict(s_data.X).ToArray<float>());
        float[,] x = new float[100, 3];
        Buffer.BlockCopy(s_data.X.ToArray<float>(), 0, x, 0, 1200);
        Assert.Equal(all, learner.Predict(x).ToArray<float>());
        Assert.Equal(all, learner.Fit(s_data, epochs: 0).Predict(x).ToArray<float>());
        Assert.Equal(all, learner.PredictEach(s_data.Loader(30)).SelectMany(p => p.Output.ToArray<float>()));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), learner.PredictEach(s_data.Loader(30)).SelectMany(p => p.Ids));
    }

    [Fact]
    public void Streaming_reads_no_more_than_is_asked_for_and_leaves_the_thread_as_it_was()
    {
        int read = 0;
        IEnumerable<Batch> Endless()
        {
            while (true)
            {
                read++;
                yield return new(Tensor.Ones([2, 3]), Tensor.Zeros([2]));
            }
        }
        bool ended = false;
        List<Tensor> mine = [];
        foreach (var prediction in Tiny.Learner().With(new Watcher { RunEnd = _ => ended = true }).PredictEach(Endless()).Take(3))
        {
            Assert.True(Autograd.Enabled);
            mine.Add(prediction.Output * 2);
        }
        Assert.Equal((3, true), (read, ended));
        Assert.All(mine, m => Assert.Equal(2, m.ToArray<float>().Length));
    }

    sealed class Heads : Layer
    {
        readonly Linear mean = new(3, 1), spread = new(3, 2);

        public (Tensor Mean, Tensor Spread) Both(Tensor x) => (mean.Forward(x), spread.Forward(x));

        public override Tensor Forward(Tensor x) => Both(x).Mean;
    }

    [Fact]
    public void Every_output_of_a_model_is_predicted()
    {
        var learner = new Heads().Setup((model, context) =>
        {
            var (mean, spread) = model.Both(context.Batch.X);
            return new(mean, context.Update(() => Tiny.Loss(mean, context.Batch.Y) + spread.Square().Mean())) { Outputs = [mean, spread] };
        }, model => [new SGD(model.Parameters(), 0.1)]).PredictStep((model, context) =>
        {
            var (mean, spread) = model.Both(context.Batch.X);
            return new(mean) { Outputs = [mean, spread] };
        }).Quiet();
        var fitted = learner.Fit(s_data, epochs: 5);
        var outputs = fitted.PredictOutputs(s_data.Loader(30));
        Assert.Equal([[100, 1], [100, 2]], outputs.Select(o => o.Shape));
        Assert.Equal(fitted.Model.Both(s_data.X).Spread.ToArray<float>(), outputs[1].ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.True(fitted.History.Epochs[^1].Train.Loss < fitted.History.Epochs[0].Train.Loss);
    }

    [Fact]
    public void A_fit_that_goes_on_comes_to_the_bits_of_one_that_was_not_interrupted()
    {
        Learner<Line> Learner() => new Line(1).Setup(Tiny.Loss, p => new Adam(p, 0.01)) with { Callbacks = [] };
        var (whole, parts) = (s_data.Loader(10, shuffle: true, seed: 2), s_data.Loader(10, shuffle: true, seed: 2));
        var unbroken = Learner().Fit(whole, epochs: 5);
        var broken = Learner().Fit(parts, epochs: 2).Fit(parts, epochs: 3);
        Assert.Equal(unbroken.Model.Bits(), broken.Model.Bits());
        Assert.Equal(unbroken.History.Epochs.Select(e => (e.Epoch, e.Train.Loss)), broken.History.Epochs.Select(e => (e.Epoch, e.Train.Loss)));
    }

    [Fact]
    public void Evaluating_and_predicting_end_with_an_exception_when_they_are_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var learner = Tiny.Learner().With(new Watcher { BatchEnd = _ => cancel.Cancel() });
        Assert.Throws<OperationCanceledException>(() => learner.Evaluate(Tiny.Batches(30), cancellation: cancel.Token));
        Assert.Throws<OperationCanceledException>(() => learner.Predict(Tiny.Batches(30), cancel.Token));
    }

    [Fact]
    public void What_was_held_out_is_never_trained_on_by_fits_that_go_on()
    {
        HashSet<float> trained = [], validated = [];
        var learner = Tiny.Learner().With(new Watcher { BatchEnd = e => (e.Phase == Phase.Train ? trained : validated).UnionWith(e.Data.Y.ToArray<float>()) });
        learner.Fit(s_data, epochs: 1, valid: 0.2).Fit(s_data, epochs: 1, valid: 0.2);
        Assert.Equal((80, 20), (trained.Count, validated.Count));
        learner.Fit(s_data, epochs: 1, valid: 0.2);
        Assert.Empty(trained.Intersect(validated));
    }

    [Fact]
    public void Metrics_of_one_name_are_refused()
    {
        static void Refused(Func<Learner<Line>, Learner<Line>> change) =>
            Assert.Contains("listed as binary", Assert.ThrowsAny<ArgumentException>(() => change(Tiny.Learner()).Fit(s_data, epochs: 1)).Message, StringComparison.Ordinal);
        Refused(l => l with { Metrics = [new Named("binary"), new Named("binary")] });
        Refused(l => (l with { Metrics = [new Named("binary")] }).Measure(Phase.Train, new Named("binary")));
        Assert.Equal(1, (Tiny.Learner() with { Metrics = [] }).Measure(Phase.Train, new Named("binary")).Measure(Phase.Valid, new Named("binary"))
            .Fit(s_data, epochs: 1, valid: s_data).History.Epochs[0].Valid!["binary"]);
        Assert.Contains("listed as binary", Assert.ThrowsAny<ArgumentException>(() => Tiny.Learner().Evaluate(s_data, [new Named("binary"), new Named("binary")])).Message, StringComparison.Ordinal);
    }

    sealed record Named(string Called) : Metric
    {
        public override string Name => Called;

        public override IMetricState Begin() => new State();

        sealed class State : IMetricState
        {
            public double Value => 1;

            public void Add(Tensor output, Tensor target) { }

            public void Merge(IMetricState other) { }
        }
    }
}
