using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Data sets of two pictures each, as they were published, by name: <c>lfw_pairs</c> (faces of the same person or of two), <c>cityscapes_pix2pix</c> (what each pixel
/// of a street belongs to, in colours, and the photograph).
/// </summary>
/// <example><code norun="it downloads">
/// var streets = new PublishedPairs("cityscapes_pix2pix", "data");
/// Console.WriteLine($"{streets[0].First} {streets[0].Second}");
/// </code></example>
public sealed class PublishedPairs : Dataset<ImagePair>
{
    readonly Func<int, ImagePair> _item;

    /// <summary>Opens a part of a data set, and fetches it first where it is not there.</summary>
    /// <param name="name">Which data set, one of <see cref="Names"/>.</param>
    /// <param name="root">
    /// The folder that holds, or is to hold, the data set in a folder of its own; with <see cref="DataSource.Folder"/> the one in which the original was unpacked.
    /// </param>
    /// <param name="split">Which part, one of <see cref="SplitsOf"/>; the first of them, if none is given.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading and unpacking come on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="ArgumentException">There is no such data set or part, or it is asked to be generated.</exception>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    public PublishedPairs(
        string name, string root, string? split = null, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        var (origin, read) = Of(name);
        (string folder, Part) = origin.Open(name, root, split, source, progress, cancel);
        Name = name;
        (Count, _item) = read(folder, Part);
    }

    /// <summary>The names of all data sets.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cityscapes_pix2pix", "lfw_pairs"];

    /// <summary>The parts of a data set; the first is what is learnt from.</summary>
    /// <param name="name">Which data set.</param>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static IReadOnlyList<string> SplitsOf(string name) => Of(name).Origin.Splits;

    /// <summary>Which data set it is.</summary>
    public string Name { get; }

    /// <summary>Which part of it.</summary>
    public string Part { get; }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    /// <exception cref="DatasetException">A picture cannot be read; the message names it.</exception>
    public override ImagePair this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _item(index);
        }
    }

    internal static (Origin Origin, Func<string, string, (int Count, Func<int, ImagePair> Item)> Read) Of(string name) => name switch
    {
        "cityscapes_pix2pix" => (new("cityscapes-pix2pix", ["train", "val"], _ => [LabelledSets.File("http://efrosgans.eecs.berkeley.edu/pix2pix/datasets/cityscapes.tar.gz", null)]), Halves),
        "lfw_pairs" => (new("lfw", ["train", "test", "10fold"], split => split switch
        {
            "train" => LabelledSets.FacesOf("pairsDevTrain.txt", "4f27cbf15b2da4a85c1907eb4181ad21"),
            "test" => LabelledSets.FacesOf("pairsDevTest.txt", "5132f7440eb68cf58910c8a45a2ac10b"),
            _ => LabelledSets.FacesOf("pairs.txt", "9f1ba174e4e1c508ff7cdf10ac338a7d"),
        }), Faces),
        _ => throw new ArgumentException($"There is no data set '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>The photograph is the left half of a picture, what it shows the right one.</summary>
    static (int Count, Func<int, ImagePair> Item) Halves(string folder, string split)
    {
        string[] files = Layout.Files(Path.Combine(folder, "cityscapes", split), ".jpg");
        return (files.Length, i =>
        {
            var both = PictureFile.Read(files[i]);
            int half = both.Width / 2;
            return half > 0 ? new(both.Crop(.., half..), both.Crop(.., ..half), 1, files[i]) : throw new DatasetException($"'{files[i]}' has no two halves; get the data again.");
        });
    }

    /// <summary>Lines of a name and two numbers, or of two names and a number for each, after how many there are.</summary>
    static (int Count, Func<int, ImagePair> Item) Faces(string folder, string split)
    {
        string list = split switch { "train" => "pairsDevTrain.txt", "test" => "pairsDevTest.txt", _ => "pairs.txt" }, path = Path.Combine(folder, list);
        (string First, string Second, int Same)[] pairs = [.. Layout.Fields(folder, list, 1).Where(line => line.Fields.Length >= 3).Select(line =>
        {
            var (row, f) = line;
            int Number(int at) => Layout.Whole(path, row, f[at], 1, 10_000);
            return f.Length == 3 ? (LabelledLists.Face(folder, f[0], Number(1)), LabelledLists.Face(folder, f[0], Number(2)), 1) : (LabelledLists.Face(folder, f[0], Number(1)), LabelledLists.Face(folder, f[2], Number(3)), 0);
        })];
        return (pairs.Length, i => new(PictureFile.Read(pairs[i].First), PictureFile.Read(pairs[i].Second), pairs[i].Same, $"{pairs[i].First} {pairs[i].Second}"));
    }
}
