using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Training.Tests;

/// <summary>What a training itself asks a device for: nothing in a step, and the sums of a pass at its end.</summary>
public class LateTests
{
    sealed class Classes : Layer
    {
        readonly Linear fc = new(3, 4, generator: new Generator(1));

        public override Tensor Forward(Tensor x) => x.Apply(fc);
    }

    static readonly Tensor s_x = Tensor.Randn([120, 3], generator: new Generator(2));

    static Learner<Classes> Learner(params Callback[] callbacks) => new Classes().Setup(
        (y, target) => y.Square().Mean() + y.MeanOf(target), p => new Plain(p),
        new Accuracy(), new TopKAccuracy(2), new F1(), new ConfusionMatrix(), new Auroc(FromLogits: true)) with { Callbacks = callbacks };

    static Loader<Batch> Data(int batches) => new TensorDataset(s_x[..(10 * batches)], Tensor.Arange(10 * batches).Remainder(4)).Loader(10, workers: 0, seed: 1);

    static (long Waits, Fitted<Classes> Fitted) Fit(int batches, params Callback[] callbacks)
    {
        var device = new ForeignDevice();
        var fitted = Learner(callbacks).On(device).Fit(Data(batches), epochs: 1, valid: Data(batches));
        return (device.Reads, fitted);
    }

    [Fact]
    public void Nobody_waits_within_a_step_for_losses_metrics_or_norms()
    {
        Callback[] Callbacks() => [new ClipGradNorm(0.1), new AccumulateGradients(2), new EmaWeights(0.9), new EarlyStopping(), new KeepBest()];
        Fit(2, Callbacks());
        long few = Fit(4, Callbacks()).Waits, many = Fit(12, Callbacks()).Waits;
        Assert.Equal(few, many);                                             // what is read is read once per pass
        Assert.True(few > 0);
    }

    [Fact]
    public void The_numbers_are_those_of_the_processor()
    {
        var (_, there) = Fit(12, new ClipGradNorm(0.1));
        var here = Learner(new ClipGradNorm(0.1)).Fit(Data(12), epochs: 1, valid: Data(12));
        Assert.Equal(here.Model.Bits(), there.Model.To(Device.Cpu).Bits(), (a, b) => Math.Abs(a - b) < 1e-6);
        foreach (var (a, b) in new[] { (here.History.Epochs[0].Train, there.History.Epochs[0].Train), (here.History.Epochs[0].Valid!, there.History.Epochs[0].Valid!) })
        {
            Assert.Equal(a.Loss, b.Loss, 1e-6);
            Assert.Equal(a.Metrics.Keys, b.Metrics.Keys);
            foreach (string name in a.Metrics.Keys) Assert.Equal(a[name], b[name], name == "grad_norm" ? 1e-6 : 1e-12);
            Assert.Equal(a.Detail<Confusion>().ToString(), b.Detail<Confusion>().ToString());
        }
    }

    [Fact]
    public void A_loss_is_read_when_it_is_asked_for_also_later()
    {
        List<BatchEnd> ends = [];
        var device = new ForeignDevice();
        List<double> means = [];
        Learner(new Watcher { BatchEnd = e => { if (e.Phase == Phase.Train) { ends.Add(e); means.Add(e.Run.Loss); } } }).On(device).Fit(Data(3), epochs: 1);
        List<double> losses = [];
        Learner(new Watcher { BatchEnd = e => { if (e.Phase == Phase.Train) losses.Add(e.Loss); } }).Fit(Data(3), epochs: 1);
        long before = device.Reads;
        Assert.Equal(losses, ends.Select(e => e.Loss), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(losses, ends.Select(e => e.Loss), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(3, device.Reads - before);
        Assert.Equal(losses.Average(), means[^1], 1e-6);
    }

    [Fact]
    public void The_finder_finds_the_same_one_step_late()
    {
        LearningRateCurve Find(Device where) => Learner().On(where).FindLearningRate(Data(12), from: 1e-3, to: 1e6, steps: 40);
        var (here, there) = (Find(Device.Cpu), Find(new ForeignDevice()));
        Assert.True(here.Diverged && there.Diverged);
        Assert.Equal(here.Points.Select(p => p.LearningRate), there.Points.Select(p => p.LearningRate));
        Assert.All(here.Points.Zip(there.Points), p => Assert.True(Math.Abs(p.First.Loss - p.Second.Loss) <= 1e-3 * p.First.Loss));
    }

    [Fact]
    public void Targets_of_no_class_are_found_out_at_the_end()
    {
        var data = new TensorDataset(s_x, Tensor.Arange(120)).Loader(40, workers: 0);
        var learner = (new Classes().Setup((y, _) => y.Square().Mean(), p => new Plain(p), new F1()) with { Callbacks = [] }).On(new ForeignDevice());
        Assert.Contains("116 targets are of no class", Assert.Throws<CallbackException>(() => learner.Evaluate(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_answers_are_counted_on_the_device_too()
    {
        var y = (s_x.Sum(1) > 0).To(DType.Float32).Unsqueeze(1);
        var data = new TensorDataset(s_x, y).Loader(10, workers: 0);
        Metric[] metrics =
        [
            new MeanAbsoluteError(), new MeanSquaredError(), new RootMeanSquaredError(), new Pearson(), new RSquared(), new BinaryAuroc(), new BinaryAccuracy(FromLogits: true),
            new BinaryRecall(FromLogits: true), new BinaryConfusionMatrix(FromLogits: true),
        ];
        PhaseResult Measure(Device where) => (new Line(1).Setup((o, t) => o.MseLoss(t), p => new SGD(p, 0.1)) with { Callbacks = [] }).On(where).Evaluate(data, metrics);
        var (here, there) = (Measure(Device.Cpu), Measure(new ForeignDevice()));
        foreach (string name in here.Metrics.Keys) Assert.Equal(here[name], there[name], 1e-12);
    }
}

/// <summary>Descent by operations alone.</summary>
sealed class Plain(IEnumerable<Tensor> parameters) : Optimizer(parameters, learningRate: 0.1)
{
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        foreach (var p in parameters) p.Parameter.CopyFrom(p.Parameter - p.Gradient * group.LearningRate);
    }
}

static class Losses
{
    /// <summary>A loss by operations that any device may know.</summary>
    public static Tensor MeanOf(this Tensor scores, Tensor classes) => -scores.LogSoftmax(1).Gather(1, classes.Unsqueeze(1)).Mean();
}
