#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// What if?
// ========
//
// You have trained a network that reads the correlation off a scatterplot (guess-the-correlation.cs). Now change one thing at a
// time, and find out. This program asks each question on very few pictures, so that it is done within a minute or two; that is
// enough to see how to ask, not enough for the answers. Those are in docs/what-if.md, from full runs, which you can repeat:
//
//     dotnet run tutorials/what-if.cs               all questions, small
//     dotnet run tutorials/what-if.cs -- 2000 5     the same with 2000 pictures to learn from, and 5 epochs
//     ./run what-if all                             every experiment in full, with a report
//
// No network is needed, and no GPU.

using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;

int n = args.Length > 0 ? int.Parse(args[0]) : 400, epochs = args.Length > 1 ? int.Parse(args[1]) : 2;

var data  = new GuessTheCorrelation("data", transform: img => img[..130, 20..150].Unsqueeze(0), count: n * 3 / 2);
var train = data[..n];
var test  = data[n..];

Console.WriteLine($"{n} pictures to learn from, {test.Count} for the test, {epochs} epochs.\n");


// How every question is asked
// ---------------------------
// The same data, the same seed, and one thing that differs. So we write the training down once, with a name for everything that
// will change: the network, the loss, the optimizer, what watches the training. Whatever is not given is as in the first tutorial.

PhaseResult Try(
    string what, Layer model, Dataset<Sample>? learnFrom = null, Dataset<Sample>? testOn = null, Loss? loss = null,
    Func<IEnumerable<Tensor>, Optimizer>? optimizer = null, Metric? metric = null, Callback? also = null)
{
    var learner = model.Setup(loss ?? ((y, target) => y.MseLoss(target.Unsqueeze(1))), optimizer ?? (p => new Adam(p)), metric ?? new MeanAbsoluteError());
    learner = learner with { Callbacks = also is null ? [] : [also] };          // no progress: one line per question is enough
    learner.Fit((learnFrom ?? train).Loader(16, shuffle: true, seed: 777), epochs);
    var result = learner.Evaluate((testOn ?? test).Loader(64));
    string measured = string.Join(", ", result.Metrics.Select(m => $"{m.Key} {m.Value:0.000}"));
    Console.WriteLine($"{what,-40} test loss {result.Loss:0.00000}, {measured}");
    return result;
}

// A network starts from random numbers. The seed says from which, so two networks made after the same seed differ only in what
// we have changed.

T Fresh<T>(Func<T> network)
{
    Generator.Seed(777);
    return network();
}

Try("The tutorial", Fresh(() => new CorrelationNet()));


// What if there were no convolutions?
// -----------------------------------
// Linear layers get all 16 900 pixels as one long row of numbers. That two pixels are neighbours is lost on them.

Layer linear = Fresh(() => new Sequential(
    new Flatten(), new Linear(130 * 130, 128), new ReLU(), new Linear(128, 256), new ReLU(), new Linear(256, 1)));
Try("Linear layers only", linear);


// What if it were digits?
// -----------------------
// The same idea for pictures of 28×28 and ten classes. These digits are drawn by a program, as IDX files like MNIST's; with
// DataSource.Download you get the real ones. The loss compares ten scores with the number of the right class.

var digits = new Mnist("data", count: 5 * n);
var otherDigits = new Mnist("data", split: MnistSplit.Test, count: 5 * n);
Layer reader = Fresh(() => new Sequential(
    new Flatten(), new Linear(28 * 28, 128), new ReLU(), new Linear(128, 256), new ReLU(), new Linear(256, 10)));
Try("Drawn digits, linear layers", reader, digits, otherDigits, (y, target) => y.CrossEntropyLoss(target), metric: new Accuracy());


// What if it only had to say whether the correlation is strong?
// -------------------------------------------------------------
// Then the target is 1 where the correlation is stronger than ±½, and 0 otherwise. The network's number becomes a probability
// through the sigmoid function, which this loss contains.

static Sample Strong(Sample s) => s with { Y = s.Y.Abs().Round() };

Try("Strong or weak", Fresh(() => new CorrelationNet()), train.Map(Strong), test.Map(Strong),
    (y, target) => y.BceWithLogitsLoss(target.Unsqueeze(1)), metric: new BinaryAccuracy(FromLogits: true));


// What if another optimizer did the learning?
// -------------------------------------------

Try("SGD with momentum", Fresh(() => new CorrelationNet()), optimizer: p => new SGD(p, learningRate: 0.03, momentum: 0.9));
Try("RMSprop", Fresh(() => new CorrelationNet()), optimizer: p => new RMSprop(p, learningRate: 3e-4));


// What if the learning rate changed on the way?
// ---------------------------------------------
// One cycle: up to a high rate, then far down. The schedule is made when the number of steps is known.

Try("One cycle", Fresh(() => new CorrelationNet()),
    also: new LearningRateSchedule(steps => new OneCycleSchedule(3e-3, steps), Per.Batch));


// What if numbers were dropped, or normalized?
// --------------------------------------------
// Both do something else in training than in evaluation; Fit and Evaluate set the mode. A dropout that stays on in evaluation is
// a common fault, so here the mode is always said.

Try("Dropout", Fresh(() => new RegularizedNet(dropout: 0.2, norm: false)));
Try("Batch normalization", Fresh(() => new RegularizedNet(dropout: 0, norm: true)));
Try("Both", Fresh(() => new RegularizedNet(dropout: 0.2, norm: true)));


// What if each picture were also shown in a mirror?
// -------------------------------------------------
// A mirror turns a rising cloud into a falling one: the correlation changes its sign. Turning pictures at random gives the
// network more to learn from than there is. The generator depends on seed, epoch and item alone, so it is always the same chance.

static Sample Mirrored(Sample s, Generator random) => random.NextInt(2) == 0 ? s : s with { X = s.X.Flip(-1), Y = -s.Y };

Try("Mirrored at random", Fresh(() => new CorrelationNet()), train.Map(Mirrored));


// What if it were computed more exactly?
// --------------------------------------
// Twice the bits for every number, in the network and in the data.

static Sample Exact(Sample s) => s with { X = s.X.To(DType.Float64), Y = s.Y.To(DType.Float64) };

Try("Float64", Fresh(() => new CorrelationNet()).To(DType.Float64), train.Map(Exact), test.Map(Exact));


// What if there were a GPU?
// -------------------------
// learner.On(device) moves the model there, and each batch when it is needed. Here there is only the processor; ask for another
// one, and you are told so.

Device device = Device.Named("cpu");
var onDevice = Fresh(() => new CorrelationNet())
    .Setup(loss: (y, target) => y.MseLoss(target.Unsqueeze(1)), optimizer: p => new Adam(p))
    .On(device);
Console.WriteLine($"\nThe device of the last learner is {onDevice.Device}.");


// The network of the first tutorial, and the same with dropout after each pooling, and batch normalization after each ReLU.

sealed class CorrelationNet : Layer
{
    readonly Conv2d conv1 = new(1, 32, kernelSize: 3);
    readonly Conv2d conv2 = new(32, 64, kernelSize: 3);
    readonly Conv2d conv3 = new(64, 128, kernelSize: 3);
    readonly Linear fc1 = new(14 * 14 * 128, 128);
    readonly Linear fc2 = new(128, 1);

    public override Tensor Forward(Tensor x) => x
        .Apply(conv1).Relu().AvgPool2d(2)
        .Apply(conv2).Relu().AvgPool2d(2)
        .Apply(conv3).Relu().AvgPool2d(2)
        .Flatten(startDim: 1)
        .Apply(fc1).Relu()
        .Apply(fc2);
}

sealed class RegularizedNet(double dropout, bool norm) : Layer
{
    readonly Conv2d conv1 = new(1, 32, kernelSize: 3);
    readonly Conv2d conv2 = new(32, 64, kernelSize: 3);
    readonly Conv2d conv3 = new(64, 128, kernelSize: 3);
    readonly Layer bn1 = norm ? new BatchNorm2d(32) : new Identity();
    readonly Layer bn2 = norm ? new BatchNorm2d(64) : new Identity();
    readonly Layer bn3 = norm ? new BatchNorm2d(128) : new Identity();
    readonly Linear fc1 = new(14 * 14 * 128, 128);
    readonly Layer bn4 = norm ? new BatchNorm1d(128) : new Identity();
    readonly Linear fc2 = new(128, 1);

    public override Tensor Forward(Tensor x) => x
        .Apply(conv1).Relu().Apply(bn1).AvgPool2d(2).Dropout(dropout, IsTraining)
        .Apply(conv2).Relu().Apply(bn2).AvgPool2d(2).Dropout(dropout, IsTraining)
        .Apply(conv3).Relu().Apply(bn3).AvgPool2d(2).Dropout(dropout, IsTraining)
        .Flatten(startDim: 1)
        .Apply(fc1).Relu().Apply(bn4).Dropout(dropout, IsTraining)
        .Apply(fc2);
}
