#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Learn from few pictures
// =======================
//
// A network that has seen a million photographs knows what edges, textures and shapes are. Whoever wants to tell three kinds of things apart and
// has thirty pictures of each need not teach it that again: its body stays as it is, and only a new head, a single layer, learns. This
// program takes ResNet-18 from an ONNX file that others made, and a folder of pictures with a folder inside for each kind.
//
//     dotnet run tutorials/fine-tune.cs                         draws circles, squares and triangles, and learns those
//     dotnet run tutorials/fine-tune.cs -- pictures             a folder of your own: pictures/cat/1.png, pictures/dog/…
//     dotnet run tutorials/fine-tune.cs -- pictures --model my.onnx

using System.Globalization;
using System.IO.Compression;
using Candeia;
using Candeia.Data;
using Candeia.Images;
using Candeia.NN;
using Candeia.Onnx;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
int option = Array.IndexOf(args, "--model");
string[] given = option < 0 ? args : args[..option];
string folder = given.Length > 0 ? given[0] : Draw("shapes", each: 24);


// 1. The body
// -----------
// An ONNX file is a layer like any other. It is in evaluation mode, as files mean it, and frozen: nothing in it will be trained.
// What it makes of one picture says how many numbers the head will get.

string file = option < 0 ? await ResNet18() : args[option + 1];
OnnxModel body = OnnxModel.Load(file).Freeze();
int size = body.Inputs[0].Dims is [_, _, var high, _] && int.TryParse(high, out int side) ? side : 224;
int features = (int)body.Forward(Tensor.Zeros([1, 3, size, size])).Numel;
Console.WriteLine($"{Path.GetFileName(file)} makes {features} numbers of a picture of {size}×{size} pixels.");


// 2. The pictures
// ---------------
// The folders are the classes. Pictures become as large as the network wants them, and their colours get the mean and the
// spread that those of its training had.

string[] classes = [.. Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
Tensor mean = Tensor.From([0.485f, 0.456f, 0.406f]).Reshape(3, 1, 1), spread = Tensor.From([0.229f, 0.224f, 0.225f]).Reshape(3, 1, 1);

Tensor Load(string path)
{
    Tensor pixels = Image.Load(path).To8Bit().ToRgb().ToTensor().To(DType.Float32);      // [3, height, width], from 0 to 1
    Tensor resized = pixels.Unsqueeze(0).Interpolate([size, size], Interpolation.Linear, antialias: true).Squeeze(0);
    return (resized - mean) / spread;
}


// 3. Each picture passes the body once
// ------------------------------------
// The body never changes, so what it says of a picture does not either. We keep that, and the head will see nothing else.

using var noGrad = Autograd.NoGrad();
var random = new Generator(2);
List<(Tensor X, long Y)> all = [];
for (int y = 0; y < classes.Length; y++)
    foreach (string path in Directory.EnumerateFiles(Path.Combine(folder, classes[y])).Order(StringComparer.Ordinal))
    {
        using var scope = Scope.Begin();
        all.Add((body.Forward(Load(path).Unsqueeze(0)).Flatten().Keep(), y));
    }
if (classes.Length < 2 || all.Count < 2 * classes.Length)
{
    Console.WriteLine($"{folder} has {all.Count} pictures in {classes.Length} folders; there should be two folders at least, with some pictures each.");
    return;
}
int[] order = [.. Enumerable.Range(0, all.Count).OrderBy(_ => random.NextDouble())];
int held = Math.Max(1, all.Count / 4);
TensorDataset Set(IEnumerable<int> items) => new(Tensor.Stack([.. items.Select(i => all[i].X)]), Tensor.From([.. items.Select(i => all[i].Y)]));
var (test, train) = (Set(order[..held]), Set(order[held..]));
Console.WriteLine($"{train.Count} pictures to learn from, {test.Count} to be asked about: {string.Join(", ", classes)}.");


// 4. The head learns
// ------------------

var head = new Linear(features, classes.Length);
using (Autograd.EnableGrad())
    head.Setup(loss: (y, target) => y.CrossEntropyLoss(target), optimizer: p => new Adam(p, learningRate: 3e-3, weightDecay: 1e-3))
        .Quiet()
        .Fit(train.Loader(16, shuffle: true, seed: 3), epochs: 60);
double right = head.Forward(test.X).ArgMax(1).Eq(test.Y).To(DType.Float32).Mean().Item();
Console.WriteLine($"Right about {right:P0} of the pictures that it has not seen.");


// 5. One network
// --------------
// Body and head together are a network that takes pictures. Its weights are saved as safetensors, and the whole as an ONNX file, which
// other programs run: ONNX Runtime, browsers, phones.

var model = new Sequential(body, new Flatten(), head);
model.Save("fine-tuned.safetensors");
model.ExportOnnx("fine-tuned.onnx", Tensor.Zeros([1, 3, size, size]));
var again = OnnxModel.Load("fine-tuned.onnx");
string example = Directory.EnumerateFiles(Path.Combine(folder, classes[0])).Order(StringComparer.Ordinal).First();
Tensor sure = again.Forward(Load(example).Unsqueeze(0)).Softmax(1)[0];
int best = (int)sure.ArgMax(0).Item();
Console.WriteLine($"fine-tuned.onnx says that {Path.Combine(classes[0], Path.GetFileName(example))} is {classes[best]}, by {sure[best].Item():P0}.");


/// <summary>Pictures of shapes at random places, in random sizes and colours; they are written to a folder once.</summary>
static string Draw(string folder, int each)
{
    if (Directory.Exists(folder)) return folder;
    var random = new Generator(5);
    double Between(double low, double high) => low + (high - low) * random.NextDouble();
    foreach (string shape in (string[])["circle", "square", "triangle"])
    {
        Directory.CreateDirectory(Path.Combine(folder, shape));
        for (int i = 0; i < each; i++)
        {
            const int Size = 96;
            double radius = Between(16, 30), x = Between(radius, Size - radius), y = Between(radius, Size - radius);
            byte[] paper = [.. Enumerable.Range(0, 3).Select(_ => (byte)Between(0, 90))], ink = [.. Enumerable.Range(0, 3).Select(_ => (byte)Between(140, 255))];
            Image image = new(Size, Size, PixelFormat.Rgb);
            for (int row = 0; row < Size; row++)
                for (int column = 0; column < Size; column++)
                {
                    double across = Math.Abs(column - x), down = row - y;
                    bool inside = shape switch
                    {
                        "circle" => across * across + down * down < radius * radius,
                        "square" => across < radius * 0.85 && Math.Abs(down) < radius * 0.85,
                        _ => down < radius * 0.8 && across < (down + radius) * 0.55,
                    };
                    (inside ? ink : paper).CopyTo(image.Row(row)[(3 * column)..]);
                }
            image.Save(Path.Combine(folder, shape, $"{i:D2}.png"));
        }
    }
    return folder;
}

/// <summary>ResNet-18 without its head: from a package of NuGet, which is fetched if it is not there yet (45 MB, once).</summary>
static async Task<string> ResNet18()
{
    const string Name = "microsoft.ml.dnnimagefeaturizer.resnet18", Version = "0.23.1";
    string kept = Path.Combine(Path.GetTempPath(), $"{Name}.{Version}.onnx");
    if (File.Exists(kept)) return kept;
    string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), package = Path.Combine(home, ".nuget", "packages", Name, Version, $"{Name}.{Version}.nupkg");
    Stream bytes;
    if (File.Exists(package)) bytes = File.OpenRead(package);
    else
    {
        Console.WriteLine("Fetching ResNet-18 …");
        using HttpClient web = new();
        bytes = new MemoryStream(await web.GetByteArrayAsync(new Uri($"https://api.nuget.org/v3-flatcontainer/{Name}/{Version}/{Name}.{Version}.nupkg")));
    }
    using ZipArchive zip = new(bytes);
    zip.Entries.First(e => e.Name == "ResNet18.onnx").ExtractToFile(kept);
    return kept;
}
