#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Two networks that play against each other
// =========================================
//
// An artist makes points out of noise. A critic is shown real points and made ones, and says which is which. The critic learns to
// tell them apart, the artist learns to deceive the critic, and in the end the artist's points are distributed like the real ones:
// a generative adversarial network (Goodfellow et al., 2014), with two losses and two optimizers.
//
//     dotnet run tutorials/gan.cs

using System.Globalization;
using Candeia;
using Candeia.NN;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(20);


// 1. The real points
// ------------------
// They lie on a ring with radius 2, not quite exactly.

static Tensor Ring(int count)
{
    var angle = Tensor.Rand([count, 1]) * (2 * MathF.PI);
    var radius = 2 + 0.1 * Tensor.Randn([count, 1]);
    return Tensor.Cat([radius * angle.Cos(), radius * angle.Sin()], 1);      // [count, 2]
}

var real = Ring(4096);


// 2. A step for two optimizers
// ----------------------------
// The usual step knows one loss and one optimizer, so this one is written out. Update takes a function that computes a loss, and
// the number of the optimizer that makes it smaller. First the critic: real points shall get the score of 1, made ones that of 0.
// Detach keeps the gradients from flowing on into the artist. Then the artist: the critic shall take its points for real.
// What is recorded stands in the history, beside the loss.

static StepResult Play(Gan gan, StepContext context)
{
    var real = context.Batch.X;
    var made = gan.Forward(Gan.Noise(context.Batch.Size));
    Tensor yes = Tensor.Ones([context.Batch.Size, 1]), no = Tensor.Zeros([context.Batch.Size, 1]);

    var critic = context.Update(
        () => gan.Critic.Forward(real).BceWithLogitsLoss(yes) + gan.Critic.Forward(made.Detach()).BceWithLogitsLoss(no), optimizer: 0);
    var artist = context.Update(
        () => gan.Critic.Forward(made).BceWithLogitsLoss(yes), optimizer: 1);

    context.Record("critic", critic.Item());
    context.Record("artist", artist.Item());
    return new(made, critic);
}


// 3. Play
// -------
// There are no targets, so the targets are zeros that nobody looks at. Predict would give its inputs to the artist; this one gives it
// as much noise.

var learner = new Gan().Setup(
    step: Play,
    optimizers: gan =>
    [
        new Adam(gan.Critic.Parameters(), learningRate: 1e-3, beta1: 0.5),
        new Adam(gan.Artist.Parameters(), learningRate: 1e-3, beta1: 0.5),
    ])
    .PredictStep((gan, context) => new(gan.Forward(Gan.Noise(context.Batch.Size))));

Console.WriteLine("Before: " + Describe(Made(learner, 1000)));
var fitted = learner.Fit(real, Tensor.Zeros([real.Shape[0]]), epochs: 60, batchSize: 128);
var made = Made(fitted.Learner, 1000);
Console.WriteLine("After:  " + Describe(made));
Console.WriteLine("Real:   " + Describe(real));


// 4. Look at it
// -------------

Console.WriteLine();
Console.WriteLine("What the artist draws:");
int[,] counts = new int[17, 34];
foreach (float[] point in made.ToArray<float>().Chunk(2))
{
    int row = (int)Math.Round((point[1] + 3) / 6 * 16), column = (int)Math.Round((point[0] + 3) / 6 * 33);
    if (row is >= 0 and < 17 && column is >= 0 and < 34) counts[row, column]++;
}
for (int row = 0; row < 17; row++)
    Console.WriteLine(string.Concat(Enumerable.Range(0, 34).Select(column => counts[row, column] switch { 0 => ' ', < 3 => '·', < 8 => 'o', _ => '●' })));


// For each input there is a point made of noise.
static Tensor Made(Learner<Gan> learner, int count) => learner.Predict(Tensor.Zeros([count, 2]));

static string Describe(Tensor points)
{
    var radius = points.Square().Sum(1).Sqrt();
    var centre = points.Mean(0);
    return $"mean radius {radius.Mean().Item():F2}, its standard deviation {radius.Std().Item():F2}, centre at {centre[0].Item():F2}, {centre[1].Item():F2}";
}


/// <summary>Artist and critic. As a model, it turns noise into points.</summary>
sealed class Gan : Layer
{
    public Sequential Artist { get; } = new(new Linear(8, 64), new LeakyReLU(0.2), new Linear(64, 64), new LeakyReLU(0.2), new Linear(64, 2));

    public Sequential Critic { get; } = new(new Linear(2, 64), new LeakyReLU(0.2), new Linear(64, 64), new LeakyReLU(0.2), new Linear(64, 1));

    public static Tensor Noise(int count) => Tensor.Randn([count, 8]);

    public override Tensor Forward(Tensor noise) => Artist.Forward(noise);
}
