#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// What if?
// ========
//
// You have trained a network that reads the correlation off a scatterplot (guess-the-correlation.cs). Now change one thing at a
// time, and find out. This program asks each question on very few pictures, so that it is done within a minute or two; that is
// enough to see how to ask, not enough for the answers. Those are in docs/what-if.md, from longer runs, which you can repeat:
//
//     dotnet run tutorials/what-if.cs               all questions, small
//     dotnet run tutorials/what-if.cs -- 2000 5     the same with 2000 pictures to learn from, and 5 epochs
//     dotnet run tutorials/what-if.cs -- 400 2 cuda  the last question on a graphics processor
//     ./run what-if all                             every experiment in full, with a report
//
// No network is needed, and no GPU.

using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;

int n = args.Length > 0 ? int.Parse(args[0]) : 400, epochs = args.Length > 1 ? int.Parse(args[1]) : 2;

var data  = new GuessTheCorrelation("data", transform: img => img[..130, 20..150].Unsqueeze(0), count: 5 * n / 2);
var test  = data[..(n / 2)];
var rest  = data[(n / 2)..];              // twice as many as the questions need, but for one of them
var train = rest[..n];

Console.WriteLine($"{n} pictures to learn from, {test.Count} for the test, {epochs} epochs.\n");


// How every question is asked
// ---------------------------
// The same data, the same seed, and one thing that differs. So we write the training down once, with a name for everything that
// will change: the network, the loss, the optimizer, what watches the training, for how long. Whatever is not given is as in the
// first tutorial.

PhaseResult Try(
    string what, Layer model, Dataset<Sample>? learnFrom = null, Dataset<Sample>? testOn = null, Loss? loss = null,
    Func<IEnumerable<Tensor>, Optimizer>? optimizer = null, Metric? metric = null, Callback? also = null, int? forEpochs = null)
{
    var learner = model.Setup(loss ?? ((y, target) => y.MseLoss(target.Unsqueeze(1))), optimizer ?? (p => new Adam(p)), metric ?? new MeanAbsoluteError());
    learner = learner.Quiet();                                                  // no progress: one line per question is enough
    if (also is not null) learner = learner.With(also);
    learner.Fit((learnFrom ?? train).Loader(16, shuffle: true, seed: 777), forEpochs ?? epochs);
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

var digits = new DrawnDigits("data", count: 5 * n);
var otherDigits = new DrawnDigits("data", MnistSplit.Test, count: n);
Layer reader = Fresh(() => new Sequential(
    new Flatten(), new Linear(28 * 28, 128), new ReLU(), new Linear(128, 256), new ReLU(), new Linear(256, 10)));
Try("Drawn digits, linear layers", reader, digits, otherDigits, (y, target) => y.CrossEntropyLoss(target), metric: new Accuracy());

Layer convolutional = Fresh(() => new Sequential(
    new Conv2d(1, 32, kernelSize: 3), new ReLU(), new MaxPool2d(2),
    new Conv2d(32, 64, kernelSize: 3), new ReLU(), new MaxPool2d(2),
    new Flatten(), new Linear(5 * 5 * 64, 128), new ReLU(), new Linear(128, 10)));
Try("Drawn digits, convolutions", convolutional, digits, otherDigits, (y, target) => y.CrossEntropyLoss(target), metric: new Accuracy());


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
// A step divides the rate by ten, here after each third of the training. A cosine falls smoothly, to nothing. One cycle goes up to
// a high rate, then far down. Each schedule is made when the number of training steps is known.

Try("Steps down", Fresh(() => new CorrelationNet()),
    also: new LearningRateSchedule(steps => new StepSchedule(steps / 3 + 1), Per.Batch));
Try("Cosine", Fresh(() => new CorrelationNet()),
    also: new LearningRateSchedule(steps => new CosineSchedule(steps), Per.Batch));
Try("One cycle", Fresh(() => new CorrelationNet()),
    also: new LearningRateSchedule(steps => new OneCycleSchedule(3e-3, steps), Per.Batch));


// What if the network were bigger, or learnt longer?
// --------------------------------------------------
// More channels make it wider, and so do more features: these are numbers in the network, which stands below. A fourth convolution
// makes it deeper. Its picture has been pooled once more, so only 6×6 places are left of it.

Try("Half as many channels again", Fresh(() => new CorrelationNet(channels: 48)));
Try("Four times the features", Fresh(() => new CorrelationNet(features: 512)));

Layer deeper = Fresh(() => new Sequential(
    new Conv2d(1, 32, kernelSize: 3), new ReLU(), new AvgPool2d(2),
    new Conv2d(32, 64, kernelSize: 3), new ReLU(), new AvgPool2d(2),
    new Conv2d(64, 128, kernelSize: 3), new ReLU(), new AvgPool2d(2),
    new Conv2d(128, 128, kernelSize: 3), new ReLU(), new AvgPool2d(2),
    new Flatten(), new Linear(6 * 6 * 128, 128), new ReLU(), new Linear(128, 1)));
Try("A fourth convolution", deeper);

// An epoch shows every picture once; three times as many show each of them three times as often.

Try("Three times as long", Fresh(() => new CorrelationNet()), forEpochs: 3 * epochs);


// What if there were more pictures, or fewer?
// -------------------------------------------
// With fewer pictures an epoch is shorter. So that each network makes as many steps, it sees a quarter of the pictures four times
// as often, and twice as many half as often.

Try("A quarter of the pictures", Fresh(() => new CorrelationNet()), train[..(n / 4)], forEpochs: 4 * epochs);
Try("Twice the pictures", Fresh(() => new CorrelationNet()), rest, forEpochs: Math.Max(1, epochs / 2));


// What if numbers were dropped, or normalized?
// --------------------------------------------
// Both do something else in training than in evaluation; Fit and Evaluate set the mode. A dropout that stays on in evaluation is
// a common fault, so here the mode is always said.

Try("Dropout", Fresh(() => new RegularizedNet(dropout: 0.2, norm: false)));
Try("Batch normalization", Fresh(() => new RegularizedNet(dropout: 0, norm: true)));
Try("Both", Fresh(() => new RegularizedNet(dropout: 0.2, norm: true)));


// What if each picture were shown in its eight forms?
// ---------------------------------------------------
// A mirror turns a rising cloud into a falling one: the correlation changes its sign. It does so again in a second mirror, held the
// other way. Exchanging x and y leaves it as it is. Each of the three is done or not, so a picture has eight forms, and the network
// has more to learn from than there is. What is turned is the square in which points can lie; the frame around it is not in the
// middle of the picture, so it stays where it is. The generator depends on seed, epoch and item alone: always the same chance.

static Sample Turned(Sample s, Generator random)
{
    var (points, y) = (s.X[.., 3..129, 1..127], s.Y);
    if (random.NextInt(2) == 1) (points, y) = (points.Flip(-1), -y);          // left and right exchanged
    if (random.NextInt(2) == 1) (points, y) = (points.Flip(-2), -y);          // top and bottom exchanged
    if (random.NextInt(2) == 1) points = points.Transpose(-1, -2);            // rows and columns exchanged
    var x = s.X.Clone();                                                      // the picture itself stays as it is
    x[.., 3..129, 1..127] = points;
    return s with { X = x, Y = y };
}

Try("Eight forms, one at random", Fresh(() => new CorrelationNet()), train.Map(Turned));


// What if it were computed more exactly?
// --------------------------------------
// Twice the bits for every number, in the network and in the data.

static Sample Exact(Sample s) => s with { X = s.X.To(DType.Float64), Y = s.Y.To(DType.Float64) };

Try("Float64", Fresh(() => new CorrelationNet()).To(DType.Float64), train.Map(Exact), test.Map(Exact));

// Or without the short cut for convolutions, which rounds a little more than multiplying everything out.

using (Rounding.AllowWinograd(false)) Try("Without Winograd's short cut", Fresh(() => new CorrelationNet()));


// What if everything that helps were put together?
// ------------------------------------------------
// The eight forms, one cycle of the learning rate, weights that shrink a little with each step (AdamW), and above all a network that
// is told how a correlation is computed. It stands at the end of this file.

Try("Everything that helps", Fresh(() => new MomentNet()), train.Map(Turned),
    optimizer: p => new AdamW(p, weightDecay: 1e-4),
    also: new LearningRateSchedule(steps => new OneCycleSchedule(5e-3, steps), Per.Batch));


// What if we wanted to train on a GPU?
// ------------------------------------
// Then we say so: learner.On("cuda") moves the model there, and each batch when it is needed, and model.To("cuda") does the same by
// hand. The names are those that ./run devices lists. This program asks for the processor, which is everywhere; what else you pass
// as the third argument is used instead: dotnet run tutorials/what-if.cs -- 400 2 opencl

string device = args.Length > 2 ? args[2] : "cpu";
var onDevice = Fresh(() => new CorrelationNet())
    .Setup(loss: (y, target) => y.MseLoss(target.Unsqueeze(1)), optimizer: p => new Adam(p))
    .Quiet()
    .On(device)
    .Fit(train.Loader(16, shuffle: true, seed: 777), epochs: 1);
Console.WriteLine($"\nLearnt on {onDevice.Learner.Device}: {onDevice.History.Epochs[0].Train.Samples / onDevice.History.Epochs[0].Train.Seconds:0} pictures a second.");

var net = onDevice.Model.Eval();
Tensor picture = test[0].X.Unsqueeze(0).To(device);                             // what meets must be on one device
float answer = net.Forward(picture).Item<float>();                              // reading brings it back
Console.WriteLine($"Asked there, it says {answer:0.00} where the correlation is {test[0].Y.Item<float>():0.00}.");


// The networks
// ------------
// That of the first tutorial; channels and features may be other numbers than there.

sealed class CorrelationNet(int channels = 32, int features = 128) : Layer
{
    readonly Conv2d conv1 = new(1, channels, kernelSize: 3);
    readonly Conv2d conv2 = new(channels, 2 * channels, kernelSize: 3);
    readonly Conv2d conv3 = new(2 * channels, 4 * channels, kernelSize: 3);
    readonly Linear fc1 = new(14 * 14 * 4 * channels, features);
    readonly Linear fc2 = new(features, 1);

    public override Tensor Forward(Tensor x) => x
        .Apply(conv1).Relu().AvgPool2d(2)
        .Apply(conv2).Relu().AvgPool2d(2)
        .Apply(conv3).Relu().AvgPool2d(2)
        .Flatten(startDim: 1)
        .Apply(fc1).Relu()
        .Apply(fc2);
}

// The same with dropout after each pooling, and batch normalization after each ReLU.

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

// A network that only has to learn where the points are: the formula does the rest. Convolutions make two maps, each a picture of
// how much of a point lies at each place. A correlation is made of means: of x, y, x², y² and xy, over all points. So these five are
// computed at each place and averaged, weighted by the map. (A map is finer than what the convolutions give, as 2×2 parts of
// a place have a weight each.) Two small linear layers correct what the maps cannot show, such as points that hide each other.

sealed class MomentNet : Layer
{
    const int Places = 63, Maps = 2;

    readonly Conv2d conv1 = new(1, 32, kernelSize: 6, stride: 2, padding: 2);
    readonly Conv2d conv2 = new(32, 32, kernelSize: 3, padding: 1);
    readonly Conv2d conv3 = new(32, 32, kernelSize: 3, padding: 1);
    readonly Conv2d conv4 = new(32, 32, kernelSize: 3, padding: 1);
    readonly Conv2d maps = new(32, Maps * 4, kernelSize: 1);
    readonly Linear fc1 = new(4 * Maps, 32);
    readonly Linear fc2 = new(32, 1);
    [Buffer] readonly Tensor powers = Powers();                               // belongs to the network, but is not learnt

    public MomentNet()
    {
        using var _ = Autograd.NoGrad();                                      // this is not a step of learning
        fc2.Weight.CopyFrom(0.01 * fc2.Weight);                               // the correction is small in the beginning
    }

    public override Tensor Forward(Tensor x)
    {
        var weights = (1 - x[.., .., 3..129, 1..127])                         // within the frame; paper is 0 now, and points are 1
            .Apply(conv1).Relu().Apply(conv2).Relu().Apply(conv3).Relu().Apply(conv4).Relu()
            .Apply(maps).Softplus()                                           // [n, 8, 63, 63], all positive
            .Permute(0, 2, 3, 1).Reshape(x.Shape[0], -1, Maps);               // [n, parts of places, maps]
        var sums = powers.MatMul(weights);                                    // [n, 6, maps]: of 1, x, y, x², y² and xy
        var means = sums / sums[.., ..1];
        Tensor mx = means[.., 1], my = means[.., 2];
        Tensor vx = means[.., 3] - mx.Square(), vy = means[.., 4] - my.Square(), cov = means[.., 5] - mx * my;
        var r = -cov / (vx * vy + 1e-8).Sqrt();                               // minus: rows count downwards, y upwards
        var correction = Tensor.Cat([r, sums[.., 0] / 1000, 4 * vx, 4 * vy], 1).Apply(fc1).Relu().Apply(fc2);
        return r.Mean([1], keepDim: true) + correction;                       // [n, 1]
    }

    // 1, x, y, x², y² and xy at each place and part, with x and y from −1 to 1: [6, parts of places].
    static Tensor Powers()
    {
        var axis = Tensor.Linspace(-1, 1, 2 * Places);
        Shape all = [Places, Places, 2, 2];                                   // row, column, and within them again row and column
        Tensor x = axis.Reshape(1, Places, 1, 2).Expand(all).Flatten(), y = axis.Reshape(Places, 1, 2, 1).Expand(all).Flatten();
        return Tensor.Stack([Tensor.Ones(x.Shape), x, y, x.Square(), y.Square(), x * y]);
    }
}
