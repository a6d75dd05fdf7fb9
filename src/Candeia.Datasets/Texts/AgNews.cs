using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Headlines and first sentences of news in four classes: world, sports, business, science and technology; 120 000 to learn from and 7 600 for the test
/// (<see href="https://arxiv.org/abs/1509.01626">Zhang, Zhao, LeCun 2015</see>). All texts are in memory.
/// </summary>
/// <example><code norun="it downloads">
/// var train = new AgNews("data");
/// Console.WriteLine($"{AgNews.Classes[train[0].Label]}: {train[0].Text}");
/// </code></example>
public sealed class AgNews : Dataset<TextSample>
{
    const string Address = "https://raw.githubusercontent.com/mhjabreel/CharCnn_Keras/master/data/ag_news_csv/";
    readonly TextSample[] _items;

    internal static CheckedFile File(TextSplit split) => split == TextSplit.Train
        ? new("train.csv", [Address + "train.csv"], 64 << 20, "b1a00f826fdfbd249f79597b59e1dc12")
        : new("test.csv", [Address + "test.csv"], 64 << 20, "d52ea96a97a2d943681189a97654912d");

    /// <summary>Reads one part, and fetches it first where it is not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, <c>ag_news/train.csv</c> and <c>ag_news/test.csv</c>; with <see cref="DataSource.Folder"/> the folder of these files.</param>
    /// <param name="split">Which part.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading comes on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    /// <exception cref="ArgumentException">They are asked to be generated.</exception>
    public AgNews(
        string root, TextSplit split = TextSplit.Train, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (source == DataSource.Generate) throw new ArgumentException("AG News cannot be generated, only downloaded or read from a folder.", nameof(source));
        var file = File(split);
        string path = source == DataSource.Download ? file.Fetch(Path.Combine(root, "ag_news"), progress, cancel) : Path.Combine(root, file.Name);
        _items = [.. CsvFile.Rows(path).Select(r => Parsed(path, r.Row, r.Fields))];
        if (_items.Length == 0) throw new DatasetException($"'{path}' has no rows; get the file again.");
    }

    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["world", "sports", "business", "science and technology"];

    /// <inheritdoc/>
    public override int Count => _items.Length;

    /// <inheritdoc/>
    public override TextSample this[int index] => _items[index];

    static TextSample Parsed(string file, int row, string[] fields) => fields switch
    {
        [[>= '1' and <= '4'], var title, var text] => new($"{title} {text}", fields[0][0] - '1', $"{row}"),
        [_, _, _] => throw new DatasetException(file, row, $"its class '{Shown(fields[0])}' is none of 1 to 4; get the file again."),
        _ => throw new DatasetException(file, row, $"it has {fields.Length} fields, not a class, a title and a text; get the file again."),
    };

    static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
