using System.Text.RegularExpressions;
using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Reviews of films from the Internet Movie Database, half of them praising, half of them not: 25 000 to learn from and 25 000 for the test
/// (<see href="https://ai.stanford.edu/~amaas/data/sentiment/">Maas et al. 2011</see>). Class 0 is negative, 1 positive. All texts are in memory.
/// </summary>
/// <remarks>The archive of 84 MB is read as it is, without being unpacked. Where there is no network, <see cref="DrawnReviews"/> are reviews to try things on.</remarks>
/// <example><code norun="it downloads">
/// var train = new Imdb("data");
/// Console.WriteLine(train[0].Text);
/// </code></example>
public sealed partial class Imdb : Dataset<TextSample>
{
    const long MostBytes = 2L << 30;
    const int MostTextBytes = 1 << 20;
    const string Unpacked = "aclImdb";
    static readonly string[] s_folders = ["neg", "pos"];

    internal static CheckedFile Archive { get; } = new(
        "aclImdb_v1.tar.gz", ["https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz", "http://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"],
        256L << 20, "7c2ac02c03563afcf9b574c7e56c153a");

    readonly TextSample[] _items;

    /// <summary>Reads one part, and fetches the archive first where it is not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, <c>imdb/aclImdb_v1.tar.gz</c>; with <see cref="DataSource.Folder"/> one with the archive or with what was unpacked from it, <c>aclImdb</c>.</param>
    /// <param name="split">Which part.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading and reading come on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    /// <exception cref="ArgumentException">They are asked to be generated: what is drawn is not IMDB.</exception>
    public Imdb(
        string root, TextSplit split = TextSplit.Train, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (source == DataSource.Generate) throw new ArgumentException("IMDB cannot be generated, only downloaded or read from a folder. For drawn reviews take DrawnReviews.", nameof(source));
        string part = split == TextSplit.Train ? "train" : "test", folder = source == DataSource.Folder ? root : Path.Combine(root, "imdb");
        if (source == DataSource.Folder && Directory.Exists(Path.Combine(root, Unpacked, part)))
        {
            _items = [.. new TextFolder(Path.Combine(root, Unpacked, part), s_folders)];
            return;
        }
        string archive = source == DataSource.Download ? Archive.Fetch(folder, progress, cancel) : Path.Combine(folder, Archive.Name);
        if (!File.Exists(archive)) throw new DatasetException($"'{root}' has neither '{Archive.Name}' nor a folder '{Unpacked}' in it; name the folder that has, or let it be downloaded.");
        _items = Read(archive, part, progress, cancel);
    }

    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["negative", "positive"];

    /// <inheritdoc/>
    public override int Count => _items.Length;

    /// <inheritdoc/>
    public override TextSample this[int index] => _items[index];

    // In the order of their names, as from a folder; within the archive they are in none.
    static TextSample[] Read(string archive, string part, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        List<TextSample> items = [];
        foreach (var file in Tar.Files(archive, MostBytes, cancel))
        {
            if (Review().Match(file.Name) is not { Success: true } parts || parts.Groups["part"].Value != part) continue;
            items.Add(new(Utf8.Text(file.Bytes(MostTextBytes)), parts.Groups["class"].Value == "pos" ? 1 : 0, $"{parts.Groups["class"]}/{parts.Groups["file"]}"));
            if (items.Count % 1000 == 0) progress?.Report(new(DataStage.Unpacking, items.Count, null));
        }
        return items.Count > 0 ? [.. items.OrderBy(i => i.Id, StringComparer.Ordinal)]
            : throw new DatasetException($"'{archive}' has no '{Unpacked}/{part}/pos/…txt' in it, so it is not the archive it should be; get it again.");
    }

    [GeneratedRegex(@"^(\./)?aclImdb/(?<part>train|test)/(?<class>pos|neg)/(?<file>\d+_\d+\.txt)$")]
    private static partial Regex Review();
}
