#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// A picture in the style of another
// =================================
//
// What a network sees in a picture says what is on it; how often its features come together, wherever they are, says what it is painted
// like (Gatys et al. 2015). Here no weights are trained: a picture is changed until a network sees the things of one picture in it, and
// the style of another. The network is VGG19, which must be downloaded; without pictures two are drawn, and a small network with random
// weights looks at them, which is enough for colours and strokes.
//
//     dotnet run tutorials/style-transfer.cs                            pictures that the program draws, half a minute
//     dotnet run tutorials/style-transfer.cs -- photo.jpg art.jpg       your own, and VGG19 (550 MB, once)
//     dotnet run tutorials/style-transfer.cs -- photo.jpg art.jpg 500   so many steps

using System.Globalization;
using Candeia;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call
bool drawn = args.Length < 2;
int steps = args.Length == 1 ? int.Parse(args[0]) : args.Length > 2 ? int.Parse(args[2]) : drawn ? 120 : 300;


// 1. Two pictures
// ---------------
// Both as [3, height, width], numbers from 0 to 1. The style may have another size than the content.

Tensor Read(string path) => new Resize(256).Apply(Image.Load(path).ToRgb().ToTensor());

Tensor content = drawn ? new ToDtype(DType.Float32).Apply(new DrawnShapes(8, 64).Scene(4).Image) : Read(args[0]);
Tensor style = drawn ? Stripes(64) : Read(args[1]);


// 2. What looks at them
// ---------------------
// Layers by their names: one for the content, and some, from fine to coarse, for the style.

Layer eye;
string contentLayer;
string[] styleLayers;
if (drawn)
{
    eye = new Sequential(
        new Conv2d(3, 32, 5, padding: 2), new ReLU(), new AvgPool2d(2), new Conv2d(32, 48, 5, padding: 2), new ReLU(), new AvgPool2d(2), new Conv2d(48, 64, 3, padding: 1), new ReLU());
    (contentLayer, styleLayers) = ("4", ["1", "4", "7"]);
}
else
{
    eye = VisionModels.Create("vgg19", weights: ModelWeights.Of("vgg19")).Get<Layer>("features");
    (contentLayer, styleLayers) = ("21", ["0", "5", "10", "19", "28"]);
}
eye.Eval().Freeze();

IReadOnlyDictionary<string, Tensor> Look(Tensor picture) => eye.Features(Normalize.ImageNet.Apply(picture).Unsqueeze(0), [contentLayer, .. styleLayers]);

// How often two features are there together: a matrix [channels, channels] that knows nothing of places.
Tensor Gram(Tensor seen)
{
    Tensor rows = seen.Flatten(2)[0];                                          // [channels, places]
    return rows.MatMul(rows.Transpose(0, 1)) / rows.Shape[1];
}


// 3. The picture is what is trained
// ---------------------------------
// It begins as the content. Both losses are parts of what they would be of nothing at all, so that they can be weighed.

Tensor things;
Tensor[] painted;
using (Autograd.NoGrad())
{
    things = Look(content)[contentLayer];
    var seen = Look(style);
    painted = [.. styleLayers.Select(layer => Gram(seen[layer]))];
}
Tensor picture = Parameter.Of(content.Clone());
var adam = new Adam([picture], learningRate: 0.02);
double before = 0, after = 0;
for (int step = 0; step < steps; step++)
{
    using var scope = Scope.Begin();
    adam.ZeroGrad();
    var seen = Look(picture);
    Tensor far = (seen[contentLayer] - things).Pow(2).Mean() / things.Pow(2).Mean();
    Tensor unlike = styleLayers.Zip(painted, (layer, wanted) => (Gram(seen[layer]) - wanted).Pow(2).Sum() / wanted.Pow(2).Sum()).Aggregate((a, b) => a + b);
    (far * 0.05 + unlike).Backward();
    adam.Step();
    using (Autograd.NoGrad()) picture.CopyFrom(picture.Clamp(0, 1));           // colours stay colours
    after = unlike.Item();
    if (step == 0) before = after;
    if (step % Math.Max(1, steps / 6) == 0) Console.WriteLine($"step {step,4}: style {after:0.0000}, content {far.Item():0.0000}");
}


// 4. A look at it
// ---------------

Image Show(Tensor image) => Image.FromTensor(new Resize((content.Shape[1], content.Shape[2])).Apply(image.Detach().Clamp(0, 1)));
Image.Grid([Show(content), Show(style), Show(picture)], columns: 3, captions: ["content", "style", "both"], zoom: drawn ? 3 : 1).Save("styled.png");
Console.WriteLine($"style loss from {before:0.0000} to {after:0.0000}; see styled.png");


/// <summary>Something painted: slanted strokes of warm colours on blue.</summary>
static Tensor Stripes(int size)
{
    Tensor x = Tensor.Arange(size).To(DType.Float32).Reshape(1, size), y = x.Reshape(size, 1);
    Tensor stroke = ((x + y * 2) * 0.45 + (x * 0.2).Sin() * 2).Sin() * 0.5 + 0.5, shade = ((x - y) * 0.17).Sin() * 0.15;
    return Tensor.Stack([stroke * 0.8 + 0.1 + shade, stroke * 0.5 + 0.1, 0.7 - stroke * 0.6 - shade]).Clamp(0, 1);
}
