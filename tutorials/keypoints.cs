#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Where are the corners?
// ======================
//
// Some questions are answered by places: where is the nose, where the left knee? With a photograph, a network that others have trained
// finds people and seventeen places of each. Without one, a small network learns to find the three corners of drawn triangles: it gives a
// map for each corner, and the brightest place of the map is the answer.
//
//     dotnet run tutorials/keypoints.cs                    triangles that the program draws, a minute
//     dotnet run tutorials/keypoints.cs -- people.jpg      a photograph, and keypointrcnn_resnet50_fpn (230 MB, once)
//     dotnet run tutorials/keypoints.cs -- "" 3            triangles, three epochs

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call
string? photo = args.Length > 0 && args[0].Length > 0 ? args[0] : null;
int epochs = args.Length > 1 ? int.Parse(args[1]) : 8;


// 1. People in a photograph
// -------------------------
// Nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles, left before right; the lines say which belong together.

if (photo is not null)
{
    const string name = "keypointrcnn_resnet50_fpn";
    (int, int)[] bones = [(0, 1), (0, 2), (1, 3), (2, 4), (5, 6), (5, 7), (7, 9), (6, 8), (8, 10), (5, 11), (6, 12), (11, 12), (11, 13), (13, 15), (12, 14), (14, 16)];
    var finder = DetectionModels.Create(name, weights: ModelWeights.Of(name));
    finder.Eval();
    Image image = Image.Load(photo).ToRgb();
    var people = finder.Detect(image.ToTensor())[0].Above(0.75);
    image.DrawKeyPoints(people.KeyPoints!, bones).DrawBoundingBoxes(people.Boxes).Save("keypoints.png");
    Console.WriteLine($"{people.Count} people; see keypoints.png");
    return;
}


// 2. Triangles and their corners
// ------------------------------
// An Annotated is a picture with places in it, [n, 2]: what turns the picture turns the places too. What the network shall answer is the
// pixel in which each corner lies.

const int Size = 48;
Transform turn = new RandomRotation(180, Linear: true).Then(new ToDtype(DType.Float32)), look = new ToDtype(DType.Float32);
Dataset<Annotated> train = new Triangles(1200, 1), test = new Triangles(120, 2);
Dataset<Sample> learning = train.Map((scene, generator) => Asked(turn.Apply(scene, generator))), asking = test.Map(scene => Asked(look.Apply(scene)));

static Sample Asked(Annotated scene)
{
    float[] places = scene.KeyPoints!.Values.ToArray<float>();
    return new(scene.Image, Tensor.From([.. places.Chunk(2).Select(p => (long)Math.Clamp(p[1], 0, Size - 1) * Size + (long)Math.Clamp(p[0], 0, Size - 1))]));
}


// 3. A map for each corner
// ------------------------
// U-Net gives three numbers for each pixel. For each corner the softmax over all pixels says where it is likely to be, so this is naming
// a class, the classes being the pixels.

var net = new UNet(classes: 3, width: 12, depth: 3);
var fitted = net
    .Setup((maps, pixels) => maps.Flatten(2).Reshape(-1, Size * Size).CrossEntropyLoss(pixels.Flatten()), p => new AdamW(p, 3e-3))
    .With(new LearningRateSchedule(steps => new OneCycleSchedule(3e-3, steps), Per.Batch))
    .Fit(learning.Loader(16, shuffle: true, workers: 2), epochs, asking.Loader(16, workers: 2));
Console.WriteLine(fitted);


// 4. How far off are they?
// ------------------------

net.Eval();
using var noGrad = Autograd.NoGrad();
List<double> far = [];
List<Image> seen = [];
foreach (var (i, scene) in test.Index())
{
    long[] pixels = net.Forward(look.Apply(scene.Image).Unsqueeze(0))[0].Flatten(1).ArgMax(1).ToArray<long>();
    float[] found = [.. pixels.SelectMany(p => (float[])[p % Size + 0.5f, p / Size + 0.5f])], places = scene.KeyPoints!.Values.ToArray<float>();
    for (int k = 0; k < 6; k += 2) far.Add(Math.Sqrt(Math.Pow(found[k] - places[k], 2) + Math.Pow(found[k + 1] - places[k + 1], 2)));
    if (i < 8) seen.Add(Image.FromTensor(scene.Image).DrawKeyPoints(new KeyPoints(Tensor.From(found, [1, 3, 2])), [(0, 1), (1, 2), (2, 0)], new Rgb(255, 40, 0), width: 1));
}
Image.Grid(seen, columns: 4, zoom: 3).Save("keypoints.png");
far.Sort();
Console.WriteLine($"corners are off by {far[far.Count / 2]:0.00} pixels in the middle, {far[far.Count * 9 / 10]:0.00} in the worst tenth; see keypoints.png");


/// <summary>A bright triangle on a dark ground with noise; its corner with the sharpest angle is the first, the others follow clockwise.</summary>
sealed class Triangles(int count, ulong seed) : Dataset<Annotated>
{
    const int Size = 48;
    readonly Generator _seed = new(seed);

    public override int Count => count;

    public override Annotated this[int index]
    {
        get
        {
            var random = _seed.Split(index);
            double turn = 2 * Math.PI * random.NextDouble(), long_ = 14 + 4 * random.NextDouble(), short_ = 9 + 2 * random.NextDouble();
            double x = Size / 2 + 4 * (random.NextDouble() - 0.5), y = Size / 2 + 4 * (random.NextDouble() - 0.5);
            (double X, double Y)[] corners = [At(0, long_), At(2.2, short_), At(4.08, short_)];
            (double X, double Y) At(double angle, double radius) => (x + radius * Math.Cos(turn + angle), y + radius * Math.Sin(turn + angle));
            double ground = 60 * random.NextDouble(), ink = 150 + 100 * random.NextDouble();
            byte[] pixels = new byte[3 * Size * Size];
            for (int i = 0; i < Size * Size; i++)
            {
                bool inside = Enumerable.Range(0, 3).All(k => Left(corners[k], corners[(k + 1) % 3], i % Size + 0.5, i / Size + 0.5));
                double value = (inside ? ink : ground) + 24 * (random.NextDouble() - 0.5);
                for (int c = 0; c < 3; c++) pixels[c * Size * Size + i] = (byte)Math.Clamp(value, 0, 255);
            }
            return new(Tensor.From(pixels, [3, Size, Size]), KeyPoints: new KeyPoints(Tensor.From([.. corners.SelectMany(c => (float[])[(float)c.X, (float)c.Y])], [3, 2])));

            static bool Left((double X, double Y) a, (double X, double Y) b, double px, double py) => (b.X - a.X) * (py - a.Y) - (b.Y - a.Y) * (px - a.X) >= 0;
        }
    }
}
