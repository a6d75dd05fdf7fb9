#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// A loop of one's own
// ===================
//
// Fit is convenient, and it hides nothing: training is a loop of a few lines. This program trains the same network three times,
// by a loop that you write yourself, by Fit, and by Fit with a step of your own, and shows that all three come to the same numbers.
//
//     dotnet run tutorials/custom-loop.cs

using Candeia;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

const int Epochs = 15;


// 1. Something to learn
// ---------------------
// Points on two spirals that wind around each other, and for each point the number of its spiral. A straight line cannot
// separate them, a small network can.

static TensorDataset Spirals(int count, ulong seed)
{
    var random = new Generator(seed);
    float[,] points = new float[count, 2];
    long[] spiral = new long[count];
    for (int i = 0; i < count; i++)
    {
        spiral[i] = i % 2;
        double t = 0.5 + 2.5 * random.NextDouble(), turn = Math.PI * (t + spiral[i]);
        points[i, 0] = (float)(t * Math.Cos(turn) + 0.05 * random.NextNormal());
        points[i, 1] = (float)(t * Math.Sin(turn) + 0.05 * random.NextNormal());
    }
    return new(Tensor.From(points), Tensor.From(spiral));
}

var train = Spirals(1000, seed: 1);
var valid = Spirals(400, seed: 2);


// 2. By hand
// ----------
// For each batch: forget the old gradients, compute the outputs and the loss, compute the gradients, let the optimizer take a
// step. The scope gives the memory of a step back at its end; without it everything works too, only slower.
//
// After each epoch we look at data that was not trained on: in evaluation mode, and without recording anything for gradients.

static double[] ByHand(Network network, Dataset<Sample> train, Dataset<Sample> valid)
{
    var adam = new Adam(network.Parameters(), learningRate: 0.01);
    var batches = train.Loader(50, shuffle: true, seed: 7);
    double[] accuracies = new double[Epochs];
    for (int epoch = 0; epoch < Epochs; epoch++)
    {
        network.Train();
        foreach (var (x, y) in batches)
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            var loss = network.Forward(x).CrossEntropyLoss(y);
            loss.Backward();
            adam.Step();
        }

        network.Eval();
        using var _ = Autograd.NoGrad();
        double right = 0;
        foreach (var (x, y) in valid.Loader(100)) right += network.Forward(x).ArgMax(1).Eq(y).Sum().Item();
        accuracies[epoch] = right / valid.Count;
    }
    return accuracies;
}

double[] byHand = ByHand(new Network(), train, valid);


// 3. The same with Fit
// --------------------
// Setup says what the loop does with a batch; Fit is the loop, with metrics, progress and everything else that plugs into it. Quiet
// leaves the progress out.

var byFit = new Network().Setup(loss: (y, target) => y.CrossEntropyLoss(target), optimizer: p => new Adam(p, learningRate: 0.01), metrics: new Accuracy())
    .Quiet()
    .Fit(train.Loader(50, shuffle: true, seed: 7), Epochs, valid: valid.Loader(100));


// 4. Fit with a step of one's own
// -------------------------------
// When only the inside of the loop is to be different, replace that alone. A step computes the output and the loss of a batch,
// in training and validation alike. Update does what belongs to training (gradients and the optimizer's step) and just computes
// the loss in validation. Predictions are made by Forward. This step does what the usual one does, and also records how sure the network is.

var byStep = new Network().Setup(
        step: (network, context) =>
        {
            var (x, y) = context.Batch;
            Tensor? output = null;
            var loss = context.Update(() => (output = network.Forward(x)).CrossEntropyLoss(y));
            context.Record("certainty", output!.Detach().Softmax(1).Amax(1).Mean().Item());
            return new(output!, loss);
        },
        optimizers: network => [new Adam(network.Parameters(), learningRate: 0.01)],
        metrics: new Accuracy())
    .Quiet()
    .Fit(train.Loader(50, shuffle: true, seed: 7), Epochs, valid: valid.Loader(100));


// 5. Three times the same
// -----------------------

Console.WriteLine("epoch   by hand    by Fit   by step   certainty");
for (int epoch = 0; epoch < Epochs; epoch++)
{
    var (fit, step) = (byFit.History.Epochs[epoch].Valid!, byStep.History.Epochs[epoch].Valid!);
    Console.WriteLine($"{epoch + 1,5} {byHand[epoch],9:P1} {fit["accuracy"],9:P1} {step["accuracy"],9:P1} {step["certainty"],11:F3}");
}


/// <summary>Two numbers in, a score for each of two spirals out. Its weights begin with the same values each time.</summary>
sealed class Network : Layer
{
    readonly Linear fc1 = new(2, 32, generator: new Generator(11));
    readonly Linear fc2 = new(32, 32, generator: new Generator(12));
    readonly Linear fc3 = new(32, 2, generator: new Generator(13));

    public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2).Relu().Apply(fc3);
}
