using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>Models with several inputs and outputs, on batches of any type, by Setup alone.</summary>
public class ManyInputsTests
{
    static readonly Tensor s_a = Tensor.Randn([96, 3], generator: new Generator(1)), s_b = Tensor.Randn([96, 3], generator: new Generator(2));

    /// <summary>Two inputs, and one number.</summary>
    sealed class Two : Module
    {
        readonly Linear left = new(3, 1, generator: new Generator(3));
        readonly Linear right = new(3, 1, generator: new Generator(4));

        public Tensor Forward(Tensor a, Tensor b) => a.Apply(left) + b.Apply(right);
    }

    static void Learns<TModel>(Fitted<TModel> fitted, double share = 0.2) where TModel : Module =>
        Assert.InRange(fitted.History.Epochs[^1].Valid!.Loss, 0, share * fitted.History.Epochs[0].Valid!.Loss);

    [Fact]
    public void Two_inputs()
    {
        var data = TensorDataset.Of(s_a, s_b, (s_a.Sum(1) - 2 * s_b.Sum(1)).Unsqueeze(1)).Map(t => (A: t[0], B: t[1], Y: t[2]));
        var learner = new Two().Setup(
            forward: (Two net, (Tensor A, Tensor B, Tensor Y) x) => net.Forward(x.A, x.B), loss: (y, x) => y.MseLoss(x.Y), optimizer: p => new Adam(p, 0.1),
            metrics: new MeanAbsoluteError().Of((Tensor y, (Tensor A, Tensor B, Tensor Y) x) => (y, x.Y), "mae")).Quiet();
        var fitted = learner.Fit(data.Loader(16, shuffle: true, seed: 1), epochs: 10, valid: data.Loader(32));
        Learns(fitted);
        Assert.True(fitted.History.Epochs[^1].Valid!["mae"] < fitted.History.Epochs[0].Valid!["mae"]);
        var predicted = fitted.Predict(data.Loader(40));
        using (Autograd.NoGrad()) Assert.Equal(fitted.Model.Forward(s_a, s_b).ToArray<float>(), predicted.ToArray<float>(), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    /// <summary>One input; a number, and a class.</summary>
    sealed class Heads : Module
    {
        readonly Linear trunk = new(3, 8, generator: new Generator(3));
        readonly Linear number = new(8, 1, generator: new Generator(4));
        readonly Linear which = new(8, 2, generator: new Generator(5));

        public (Tensor Number, Tensor Class) Forward(Tensor x)
        {
            x = x.Apply(trunk).Tanh();
            return (x.Apply(number), x.Apply(which));
        }
    }

    sealed record Faces(Tensor Picture, Tensor Age, Tensor Smiles, IReadOnlyList<string> Names) : IBatch
    {
        public int Size => Picture.Shape[0];

        public IReadOnlyList<string> Ids => Names;

        public IBatch Map(Func<Tensor, Tensor> change) => new Faces(change(Picture), change(Age), change(Smiles), Names);
    }

    static Loader<Faces> FaceLoader(int size) => new TensorDataset(s_a, s_a.Sum(1)).Loader(size, samples => new Faces(
        Tensor.Stack([.. samples.Select(s => s.X)]), Tensor.Stack([.. samples.Select(s => s.Y.Unsqueeze(0))]),
        Tensor.Stack([.. samples.Select(s => (s.Y > 0).To(DType.Int64))]), [.. samples.Select(s => s.Id)]), seed: 1);

    static Learner<Heads> HeadsLearner() => new Heads().Setup(
        (Heads net, Faces x) => net.Forward(x.Picture),
        (y, x) => y.Number.MseLoss(x.Age) + y.Class.CrossEntropyLoss(x.Smiles),
        p => new Adam(p, 0.02),
        new MeanAbsoluteError().Of(((Tensor Number, Tensor Class) y, Faces x) => (y.Number, x.Age), "age_mae"),
        new Accuracy().Of(((Tensor Number, Tensor Class) y, Faces x) => (y.Class, x.Smiles), "smiles_accuracy")).Quiet();

    [Fact]
    public void Two_outputs_with_two_losses_and_a_metric_each()
    {
        var fitted = HeadsLearner().Fit(FaceLoader(16), epochs: 20, valid: FaceLoader(32));
        Learns(fitted, 0.4);
        Assert.Equal(["age_mae", "smiles_accuracy"], fitted.History.Epochs[^1].Valid!.Metrics.Keys);
        Assert.InRange(fitted.History.Epochs[^1].Valid!["smiles_accuracy"], 0.8, 1);
        var outputs = fitted.PredictOutputs(FaceLoader(10));
        Assert.Equal([[96, 1], [96, 2]], outputs.Select(o => o.Shape));
        Assert.Equal("95", fitted.PredictEach(FaceLoader(10)).Last().Ids[^1]);
    }

    [Fact]
    public void Middleware_callbacks_and_a_finder_work_with_any_batch()
    {
        List<string> seen = [];
        var learner = HeadsLearner().Around((context, step) => step(context with { Items = context.Items.Map(t => t * 1) }))
            .With(new NanWatch(), new ClipGradNorm(1), new AccumulateGradients(2), new EmaWeights(0.5), new Watcher { BatchEnd = e => seen.AddRange(e.Items.Ids) });
        learner.Fit(FaceLoader(16), epochs: 1);
        Assert.Equal(96, seen.Count);
        Assert.Equal(5, HeadsLearner().FindLearningRate(FaceLoader(16), steps: 5).Points.Count);
    }

    /// <summary>An embedding of points, for triplets of an anchor, what is like it, and what is not.</summary>
    sealed class Embedding : Layer
    {
        readonly Linear fc = new(3, 2, generator: new Generator(6));

        public override Tensor Forward(Tensor x) => x.Apply(fc);
    }

    [Fact]
    public void Triplets()
    {
        var data = TensorDataset.Of(s_a, s_a * 1.1 + 0.05, s_b).Map(t => (Anchor: t[0], Positive: t[1], Negative: t[2]));
        var fitted = new Embedding().Setup(
            (Embedding net, (Tensor Anchor, Tensor Positive, Tensor Negative) x) => (A: net.Forward(x.Anchor), P: net.Forward(x.Positive), N: net.Forward(x.Negative)),
            (y, _) => ((y.A - y.P).Square().Sum(1) - (y.A - y.N).Square().Sum(1) + 1).Relu().Mean(),
            p => new Adam(p, 0.05)).Quiet().Fit(data.Loader(16, shuffle: true, seed: 2), epochs: 15, valid: data.Loader(96));
        Learns(fitted, 0.6);
        Assert.Equal(3, fitted.PredictOutputs(data.Loader(20)).Count);
    }

    [Fact]
    public void Dictionaries()
    {
        var data = TensorDataset.Of(s_a, s_b, (s_a + s_b).Sum(1).Unsqueeze(1)).Map(t => new Dictionary<string, Tensor> { ["a"] = t[0], ["b"] = t[1], ["y"] = t[2] });
        var fitted = new Two().Setup(
            (Two net, Dictionary<string, Tensor> x) => new Dictionary<string, Tensor> { ["sum"] = net.Forward(x["a"], x["b"]) },
            (y, x) => y["sum"].MseLoss(x["y"]), p => new Adam(p, 0.1)).Quiet().Fit(data.Loader(16), epochs: 10, valid: data.Loader(32));
        Learns(fitted);
    }

    [Fact]
    public void A_step_of_ones_own_says_what_metrics_compare()
    {
        var data = TensorDataset.Of(s_a, s_b, (s_a + s_b).Sum(1).Unsqueeze(1));
        var result = new Two().Setup((net, context) =>
        {
            var x = ((Batch<Tensor[]>)context.Items).Value;
            var y = net.Forward(x[0], x[1]);
            return new(y, context.Update(() => y.MseLoss(x[2]))) { Target = x[2] };
        }, net => [new SGD(net.Parameters(), 0.01)], new MeanSquaredError()).Quiet().Evaluate(data.Loader(32));
        Assert.Equal(result.Loss, result["mse"], 1e-5);
    }

    [Fact]
    public void What_does_not_fit_together_is_said_with_the_cure()
    {
        static string Message(Action act) => Assert.ThrowsAny<Exception>(act).GetBaseException().Message;
        var pairs = new TensorDataset(s_a, s_b).Loader(32);
        Learner<Two> learner = new Two().Setup((Two net, (Tensor, Tensor, Tensor) x) => net.Forward(x.Item1, x.Item2), (y, x) => y.MseLoss(x.Item3), p => new SGD(p, 0.1)).Quiet();
        Assert.Contains("the data gives Candeia.Data.Batch", Message(() => learner.Fit(pairs, epochs: 1)), StringComparison.Ordinal);
        var triples = TensorDataset.Of(s_a, s_b, s_a.Sum(1).Unsqueeze(1)).Map(t => (t[0], t[1], t[2])).Loader(32);
        Assert.Contains("metric.Of((output, batch)", Message(() => (learner with { Metrics = [new MeanAbsoluteError()] }).Fit(triples, epochs: 1)), StringComparison.Ordinal);
        Assert.Contains("in which no tensors are found", Message(() =>
            new Two().Setup((Two _, Batch _) => 3, (_, _) => Tensor.Ones([]), p => new SGD(p, 0.1)).Quiet().Fit(pairs, epochs: 1)), StringComparison.Ordinal);
        Assert.Contains("is no Layer", Message(() => new Two().Setup((_, _) => new(s_a), net => [new SGD(net.Parameters(), 0.1)]).Quiet().Predict(pairs)), StringComparison.Ordinal);
        TrainingData Anything() => new TensorDataset(s_a, s_b).Loader(32, _ => "text");
        Assert.Contains("cannot be trained on", Message(() => Anything()), StringComparison.Ordinal);
    }
}
