using System.Globalization;
using System.Security.Cryptography;
using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Weights that others have trained and published: where they are, what their classes are called, and what is done to pictures before the network sees them. The table
/// is torchvision's; the weights of DETR are its authors'.
/// </summary>
/// <example><code norun="it downloads">
/// var weights = ModelWeights.Of("resnet50");
/// var net = VisionModels.Create("resnet50", weights: weights).Eval();
/// var scores = net.Forward(weights.Transform.Apply(Image.Load("cat.jpg").ToTensor()).Unsqueeze(0));
/// Console.WriteLine(weights.Categories[(int)(long)scores.ArgMax(1)[0]]);
/// </code></example>
public sealed record ModelWeights
{
    const long MostBytes = 4L << 30;
    static readonly HttpClient s_client = new();
    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string[]> s_names = new();

    ModelWeights(string[] fields)
    {
        (Model, Name, Address, IsBest) = (fields[1], fields[2], new(fields[3]), fields[10].Length > 0);
        Categories = fields[9] == "person" ? ["no person", "person"] : s_names.GetOrAdd(fields[9], static file => Lines(file + ".txt"));
        var numbers = new ToDtype(DType.Float32);
        Transform = fields[0] == "detection" ? numbers : Sized(fields).Then(numbers).Then(new Normalize(Numbers(fields[7]), Numbers(fields[8])));
    }

    /// <summary>All weights that there are.</summary>
    public static IReadOnlyList<ModelWeights> All { get; } = [.. Lines("weights.tsv").Skip(1).Select(l => new ModelWeights(l.Split('\t')))];

    /// <summary>The network: <c>resnet50</c>, <c>fcn_resnet50</c>, <c>fasterrcnn_resnet50_fpn</c>.</summary>
    public string Model { get; }

    /// <summary>What these weights are called: <c>IMAGENET1K_V2</c>.</summary>
    public string Name { get; }

    /// <summary>Where they are.</summary>
    public Uri Address { get; }

    /// <summary>Whether they are the best of their network.</summary>
    public bool IsBest { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>What is done to a picture before the network sees it. Networks for boxes do it themselves, and take numbers from 0 to 1.</summary>
    public Transform Transform { get; }

    /// <summary>Weights of a network.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="name">Which; the best, if none is given.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static ModelWeights Of(string model, string? name = null)
    {
        ModelWeights[] some = [.. All.Where(w => w.Model == model)];
        return some.FirstOrDefault(w => name is null ? w.IsBest : w.Name == name) ?? throw new ArgumentException(some.Length == 0
            ? $"There are no weights of '{model}', but of {string.Join(", ", All.Select(w => w.Model).Distinct())}." : $"{model} has no weights '{name}', but {string.Join(", ", some.Select(w => w.Name))}.");
    }

    /// <summary>The folder that holds the file, or is to hold it; <c>candeia/weights</c> among the user's local data, unless another is named.</summary>
    public string Folder { get; init; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "candeia", "weights");

    /// <summary>Fetches the file, unless it is there; its name says how its SHA-256 begins, which is compared. Returns where it is.</summary>
    /// <param name="progress">Told of every piece that arrives: how many bytes there are, of how many, if that is known.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="DownloadException">It cannot be had, or has another checksum.</exception>
    public string Fetch(IProgress<(long Done, long? Total)>? progress = null, CancellationToken cancel = default)
    {
        string path = Path.Combine(Folder, Path.GetFileName(Address.LocalPath));
        var file = new RemoteFile([Address], MostBytes, $"put the file at '{path}' yourself");
        new Downloader(s_client).FetchAsync(file, path, Verify, (done, total) => progress?.Report((done, total)), cancel).GetAwaiter().GetResult();
        return path;
    }

    /// <summary>Writes them into a network of so many classes; where these are others than theirs, what names classes keeps its initial weights.</summary>
    internal void LoadInto(Module net, string model, int classes)
    {
        if (model != Model) throw new ArgumentException($"The weights {Name} are of {Model}, not of {model}.");
        string path = Fetch();
        if (classes == Categories.Count)
        {
            net.Load(path);
            return;
        }
        using var file = TensorFile.Open(path);
        var report = net.LoadWhatFits(TensorNames.Checkpoint.Apply(file));
        if (!report.Missing.IsEmpty || !report.Unexpected.IsEmpty) throw new ArgumentException($"'{path}' does not fit {model}: {report}.");
    }

    /// <exception cref="DownloadException">The file has another checksum than its name says.</exception>
    internal void Verify(string part)
    {
        string name = Path.GetFileNameWithoutExtension(Address.LocalPath), digits = name[(name.LastIndexOf('-') + 1)..];
        using var stream = File.OpenRead(part);
        string there = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (!there.StartsWith(digits, StringComparison.Ordinal)) throw new DownloadException($"'{part}' has a SHA-256 that begins with {there[..digits.Length]}, not with {digits}.");
    }

    static Transform Sized(string[] fields)
    {
        int resize = int.Parse(fields[4], CultureInfo.InvariantCulture);
        var sized = new Resize(resize, interpolation: Enum.Parse<Interpolation>(fields[6]));
        return fields[5].Length == 0 ? sized : sized.Then(new CenterCrop(int.Parse(fields[5], CultureInfo.InvariantCulture)));
    }

    static double[] Numbers(string field) => [.. field.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];

    static string[] Lines(string file)
    {
        using var stream = typeof(ModelWeights).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
