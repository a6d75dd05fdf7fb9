#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// An autoencoder
// ==============
//
// A picture of 12×12 pixels is 144 numbers. These pictures, however, all show the same thing, a spot of light, somewhere. Whoever
// finds that out needs only two numbers. Nobody tells the network: it has to squeeze each picture through two numbers, and is
// judged by how well it can draw the picture again. So the target is the input, and no labels are needed.
//
//     dotnet run tutorials/autoencoder.cs

using System.Globalization;
using Candeia;
using Candeia.NN;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(3);


// 1. Pictures
// -----------
// A spot at a random place. Shapes broadcast: [n, 1, 1] and [12, 1] and [12] make [n, 12, 12].

const int Count = 800, Size = 12;
Tensor across = Tensor.Rand([Count, 1, 1]) * 7 + 2, down = Tensor.Rand([Count, 1, 1]) * 7 + 2;
Tensor pixel = Tensor.Arange(0, Size, dtype: DType.Float32);
Tensor pictures = (((pixel.Unsqueeze(1) - down).Square() + (pixel - across).Square()) * -0.15).Exp().Reshape(Count, Size * Size);
Tensor train = pictures[..600], test = pictures[600..];


// 2. Learn
// --------

var fitted = new Autoencoder()
    .Setup(loss: (y, picture) => y.MseLoss(picture), optimizer: p => new Adam(p, learningRate: 3e-3))
    .With(new LearningRateSchedule(new CosineSchedule(60), Per.Epoch))
    .Fit(train, train, epochs: 60);

Tensor drawn = fitted.Predict(test);
double error = (double)drawn.MseLoss(test), guess = (double)train.Mean(0).Expand(test.Shape).MseLoss(test);
Console.WriteLine($"\nError {error:F5}; who always draws the mean picture has {guess:F5}.\n");


// 3. Look
// -------
// A picture that the network has never seen, and what it makes of it.

Console.WriteLine($"{"original",-2 * Size - 4}from two numbers");
for (int row = 0; row < Size; row++) Console.WriteLine($"{Line(test[0], row)}    {Line(drawn[0], row)}");

static string Line(Tensor picture, int row) => string.Concat(picture[(row * Size)..((row + 1) * Size)].ToArray<float>().Select(Shade));

static string Shade(float light) => new(" .:-=+*#%@"[(int)Math.Clamp(10 * light, 0, 9)], 2);


// 4. The two numbers
// ------------------
// The encoder alone gives them. Each place has its own pair, neighbours have similar ones; a step to the right or down is a step
// in their plane. So one could walk through that plane, and the decoder would draw what it has never been shown.

using (Autograd.NoGrad())
{
    Tensor code = fitted.Model.Encoder.Forward(test);
    Console.WriteLine("\n  across   down      the two numbers");
    for (int i = 0; i < 5; i++)
        Console.WriteLine($"{(double)across[600 + i],8:F1} {(double)down[600 + i],6:F1}      {(double)code[i, 0],7:F2} {(double)code[i, 1],7:F2}");
    Tensor middle = fitted.Model.Decoder.Forward((code[..1] + code[1..2]) / 2);
    Console.WriteLine("\nBetween the first and the second of these");
    for (int row = 0; row < Size; row++) Console.WriteLine(Line(middle[0], row));
}


sealed class Autoencoder : Layer
{
    public Sequential Encoder { get; } = [new Linear(144, 128), new ReLU(), new Linear(128, 32), new ReLU(), new Linear(32, 2)];

    public Sequential Decoder { get; } = [new Linear(2, 32), new ReLU(), new Linear(32, 128), new ReLU(), new Linear(128, 144), new Sigmoid()];

    public override Tensor Forward(Tensor x) => x.Apply(Encoder).Apply(Decoder);
}
