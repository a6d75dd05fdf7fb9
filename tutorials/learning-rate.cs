#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Which learning rate?
// ====================
//
// Too small, and training takes for ever; too large, and it goes wild. Instead of trying one after the other, let a short
// experiment answer: train for a hundred batches while the learning rate rises from tiny to huge, and watch the loss. Then train
// with one cycle: the learning rate climbs to its maximum, where it learns fast, and comes down again, where it settles.
//
//     dotnet run tutorials/learning-rate.cs

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(4);


// 1. Something to learn
// ---------------------
// A wavy surface: two numbers in, its height out.

var x = Tensor.Rand([2400, 2]) * 6 - 3;
var height = (x[.., 0] * 2).Sin() * x[.., 1].Cos();
var data = new TensorDataset(x, height);
var (train, test) = (data[..2000], data[2000..]);

static Learner<Surface> Learner(double learningRate) => new Surface().Setup(
    loss: (y, target) => y.MseLoss(target.Unsqueeze(1)),
    optimizer: p => new SGD(p, learningRate, momentum: 0.9)).Quiet();


// 2. Sweep
// --------
// Everything is put back afterwards: the weights, the random numbers, the position in the data. So it costs nothing but time.

var curve = Learner(learningRate: 0.1).FindLearningRate(train, from: 1e-5, to: 10);

Console.WriteLine("learning rate   loss");
foreach (var point in curve.Points.Where((_, i) => i % 6 == 0))
    Console.WriteLine($"{point.LearningRate,13:G2}   {point.Smoothed,5:F3} {new string('#', (int)Math.Min(60, 80 * point.Smoothed))}");
Console.WriteLine(curve);
Console.WriteLine();


// 3. Compare
// ----------
// The suggestion is where the loss falls fastest. One cycle may go higher, because it is there for a while only: up to where the
// loss is lowest. This schedule is made by a function, since it has to know the number of steps, and the run knows that.
// It counts batches, not epochs.

double suggested = curve.Suggested, highest = curve.Lowest.LearningRate;
Compare("a hundredth of it, constant", Learner(suggested / 100));
Compare("as suggested, constant", Learner(suggested));
Compare("in one cycle", Learner(suggested).With(new LearningRateSchedule(steps => new OneCycleSchedule(highest, steps), Per.Batch)));

void Compare(string name, Learner<Surface> learner)
{
    var fitted = learner.Fit(train.Loader(32, shuffle: true, seed: 1), epochs: 30);
    Console.WriteLine($"{name,-28} test loss {fitted.Evaluate(test).Loss:F5}");
}


/// <summary>Two numbers to one. Its weights begin with the same values each time, so that the comparison is fair.</summary>
sealed class Surface : Layer
{
    readonly Linear fc1 = new(2, 64, generator: new Generator(1));
    readonly Linear fc2 = new(64, 64, generator: new Generator(2));
    readonly Linear fc3 = new(64, 1, generator: new Generator(3));

    public override Tensor Forward(Tensor x) => x.Apply(fc1).Tanh().Apply(fc2).Tanh().Apply(fc3);
}
