#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Dogs and cats, by what a network knows already
// ==============================================
//
// A network that has learnt to tell other things apart has filters for edges, corners and textures. With a new head it tells dogs from
// cats after a few pictures: first the head alone learns, on a body that is frozen, and then the whole, slowly. With a folder it is
// AlexNet with published weights and 25 000 photographs. Without one the program draws heads of dogs and cats, which are no photographs,
// and teaches the body itself before: by six other shapes.
//
//     dotnet run tutorials/dogs-vs-cats.cs                     heads that the program draws, a minute
//     dotnet run tutorials/dogs-vs-cats.cs -- data             photographs (840 MB) and AlexNet (230 MB), downloaded once
//     dotnet run tutorials/dogs-vs-cats.cs -- "" 10 3          so many epochs, in the first three the body is frozen

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call
string? root = args.Length > 0 && args[0].Length > 0 ? args[0] : null;
int epochs = args.Length > 1 ? int.Parse(args[1]) : 16, frozen = args.Length > 2 ? int.Parse(args[2]) : epochs / 3;


// 1. Pictures
// -----------
// Cats are class 0, dogs class 1: one output is enough, the logarithm of how much likelier a dog is.

int size = root is null ? 48 : 224;
Dataset<LabelledImage> all = root is null ? new DrawnPets(500, size) : new PublishedImages("dogs_vs_cats", root);
var (train, valid) = all.Split(root is null ? 0.4 : 0.8, seed: 1);

Transform numbers = new ToDtype(DType.Float32).Then(Normalize.ImageNet), look = new Resize((size, size)).Then(numbers);
Transform augment = new RandomResizedCrop(size, MinScale: 0.6).Then(new RandomHorizontalFlip()).Then(numbers);
Sample WithOdds(Sample sample) => sample with { Y = sample.Y.To(DType.Float32).Unsqueeze(0) };
var learning = train.Map(augment).Map(WithOdds).Loader(20, shuffle: true, workers: 2);
var asking = valid.Map(look).Map(WithOdds).Loader(50, workers: 2);


// 2. A body that knows something, and a new head
// ----------------------------------------------
// Weights are taken by their names where they fit; those of the old head do not.

Layer net;
Layer head;
if (root is null)
{
    var knows = new ResNet([1, 1, 1, 1], classes: DrawnShapes.Classes.Count, width: 16);
    var taught = knows
        .Setup((scores, labels) => scores.CrossEntropyLoss(labels), p => new AdamW(p, 4e-3), new Accuracy())
        .With(new LearningRateSchedule(steps => new OneCycleSchedule(4e-3, steps), Per.Batch)).Quiet()
        .Fit(new DrawnShapes(1200, size).Map(augment).Loader(32, shuffle: true, workers: 2), epochs: 4);
    Console.WriteLine($"the body tells six shapes apart: right about {taught.History.Epochs[^1]["train_accuracy"]:P0}");
    net = new ResNet([1, 1, 1, 1], classes: 1, width: 16);
    net.LoadWhatFits(knows.StateDict());
    head = net.Get<Layer>("fc");
}
else
{
    net = VisionModels.Create("alexnet", classes: 1, ModelWeights.Of("alexnet"));
    head = net.Get<Layer>(VisionModels.HeadOf("alexnet"));
}


// 3. The head, and then all of it
// -------------------------------
// What the body knows is worth more than what a new head says of it at first, so it learns later, and four times as slowly.

var fitted = net
    .Setup((odds, isDog) => odds.BceWithLogitsLoss(isDog), p => new AdamW(p, 4e-3), new BinaryAccuracy(FromLogits: true))
    .With(Freeze.AllBut(head, frozen, learningRate: 1e-3))
    .Fit(learning, epochs, asking);
Console.WriteLine(fitted);


// 4. What it says
// ---------------

net.Eval();
List<string> answers = [];
List<Image> asked = [];
using (Autograd.NoGrad())
    foreach (var item in valid[..8])
    {
        double dog = net.Forward(look.Apply(item.Picture.ToTensor(DType.UInt8)).Unsqueeze(0)).Sigmoid().Item();
        answers.Add(dog > 0.5 ? $"dog {dog:P0}" : $"cat {1 - dog:P0}");
        asked.Add(item.Picture);
    }
Image.Grid(asked, columns: 4, captions: answers, zoom: root is null ? 3 : 1).Save("dogs-and-cats.png");
net.Save("dogs-vs-cats.safetensors");
double Right(int epoch) => fitted.History.Epochs[epoch - 1]["valid_accuracy"];
Console.WriteLine($"accuracy {(frozen > 0 ? Right(frozen) : 0):0.000} with a new head, {Right(epochs):0.000} when all of it has learnt");


/// <summary>
/// Heads of cats and dogs as a child would draw them, in any colour, turned a little, before something blurred: a cat's ears stand and are pointed, a dog's hang
/// at its sides, and its snout is longer.
/// </summary>
sealed class DrawnPets(int count, int size) : Dataset<LabelledImage>
{
    public override int Count => count;

    public override LabelledImage this[int index]
    {
        get
        {
            var random = new Generator(99).Split(index);
            double Between(double low, double high) => low + (high - low) * random.NextDouble();
            double[] Colour(double low, double high) => [Between(low, high), Between(low, high), Between(low, high)];
            bool isDog = index % 2 == 1;
            double x = Between(0.4, 0.6) * size, y = Between(0.45, 0.6) * size, radius = Between(0.2, 0.3) * size, turn = Between(-0.35, 0.35), wide = Between(0.85, 1.1);
            double[] fur = Colour(0.35, 0.9), ear = [.. fur.Select(c => c * Between(0.6, 0.9))], ground = Colour(0.1, 0.7), wave = Colour(-0.3, 0.3);
            Image picture = new(size, size, PixelFormat.Rgb);
            for (int row = 0; row < size; row++)
                for (int column = 0; column < size; column++)
                {
                    // The place as the head sees it: upright, and 1 is its radius.
                    double dx = (column - x) / radius, dy = (row - y) / radius, u = (dx * Math.Cos(turn) + dy * Math.Sin(turn)) / wide, v = dy * Math.Cos(turn) - dx * Math.Sin(turn), side = Math.Abs(u);
                    double[]? paint = Part(isDog, side, v, fur, ear);
                    for (int c = 0; c < 3; c++)
                    {
                        double value = paint is null ? ground[c] + 0.12 * Math.Sin(wave[0] * column + wave[1] * row + c) : paint[c];
                        picture.Row(row)[3 * column + c] = (byte)Math.Clamp(255 * (value + 0.08 * (random.NextDouble() - 0.5)), 0, 255);
                    }
                }
            return new(picture, isDog ? 1 : 0, $"pet {index}");
        }
    }

    /// <summary>The colour of a place of the head; null beside it.</summary>
    static double[]? Part(bool isDog, double side, double down, double[] fur, double[] ear)
    {
        bool In(double x, double y, double across, double high) => Math.Pow((side - x) / across, 2) + Math.Pow((down - y) / high, 2) < 1;
        if (In(0.38, -0.2, 0.14, 0.16) || In(0, isDog ? 0.55 : 0.25, isDog ? 0.2 : 0.12, 0.12)) return [0.05, 0.05, 0.05];             // eyes and nose
        if (isDog && In(0.95, 0.15, 0.28, 0.75)) return ear;
        if (isDog && In(0, 0.6, 0.48, 0.5)) return [.. fur.Select(c => Math.Min(1, c * 1.15))];
        if (In(0, 0, 1, 0.95)) return fur;
        return !isDog && down is > -1.6 and < -0.4 && Math.Abs(side - 0.62) < 0.36 * (down + 1.6) / 1.2 ? ear : null;
    }
}
