#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// A callback and a metric of one's own
// ====================================
//
// A model says whether a point lies inside of a ring. Not every mistake is equally bad: to miss a point that is inside shall
// cost five times as much as a false alarm. No library has this very metric, so we write it. And we want to stop when the
// model has made up its mind: when hardly any answer changes from one epoch to the next. That is a callback.
//
//     dotnet run tutorials/callback-and-metric.cs

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(7);


// 1. Something to learn
// ---------------------
// Points between −2 and 2; inside of the ring (between the radii 0.7 and 1.3) is 1, outside is 0.

Tensor x = Tensor.Rand([1600, 2]) * 4 - 2;
Tensor radius = x.Square().Sum(1).Sqrt();
Tensor inside = ((radius > 0.7) & (radius < 1.3)).To(DType.Float32);
var data = new TensorDataset(x, inside);
var (train, valid) = (data[..1200], data[1200..]);


// 2. Train
// --------
// Both are used like those of the library. The numbers of the callback stand in the results beside those of the metrics.

var fitted = new Ring()
    .Setup(
        loss: (y, target) => y.BceWithLogitsLoss(target),
        optimizer: p => new Adam(p, learningRate: 0.01),
        metrics: [new BinaryAccuracy(FromLogits: true), new Cost(Miss: 5, FalseAlarm: 1)])
    .With(new LearningRateSchedule(new CosineSchedule(60), Per.Epoch), new Steadiness(most: 0.003))
    .Fit(train, epochs: 60, valid: valid, batchSize: 32);

var last = fitted.History.Epochs[^1].Valid!;
Console.WriteLine($"\n{fitted.History.Epochs.Count} epochs; accuracy {last["accuracy"]:P1}, cost {last["cost"]:F3} per point, {last["changed"]:P1} of the answers still changed.");


// 3. The metric
// -------------
// A metric that follows from how often yes is taken for no and no for yes is a single formula. Batches, phases and shapes that
// do not fit are taken care of. (A mean per sample would be a MeanMetric; anything else a Metric with a state of its own.)

sealed record Cost(double Miss, double FalseAlarm) : BinaryMetric(FromLogits: true)
{
    public override string Name => "cost";

    protected override double Measure(Confusion c) => (Miss * c[1, 0] + FalseAlarm * c[0, 1]) / c.Total;      // [truth, predicted]
}


// 4. The callback
// ---------------
// It overrides the events that it wants to know. Each carries what is known at that moment, and the run, which can be told to
// stop. What is recorded during a pass becomes part of its result.

sealed class Steadiness(double most) : Callback
{
    readonly List<bool> before = [], now = [];

    public override void On(BatchEnd e)
    {
        if (e.Phase == Phase.Valid) now.AddRange((e.Output > 0).ToArray<bool>());
    }

    public override void On(PhaseEnd e)
    {
        if (e.Phase != Phase.Valid) return;
        double changed = before.Count == 0 ? 1 : now.Zip(before).Count(answer => answer.First != answer.Second) / (double)now.Count;
        e.Run.Record("changed", changed);
        if (changed <= most) e.Run.Stop($"only {changed:P1} of the answers changed");
        before.Clear();
        before.AddRange(now);
        now.Clear();
    }
}

sealed class Ring : Layer
{
    readonly Linear fc1 = new(2, 32);
    readonly Linear fc2 = new(32, 32);
    readonly Linear fc3 = new(32, 1);

    public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2).Relu().Apply(fc3).Squeeze(1);
}
