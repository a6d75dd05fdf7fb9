using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// 4 601 mails as 57 numbers each, how often certain words and signs occur in them and how long runs of capital letters are; class 1 is spam
/// (<see href="https://archive.ics.uci.edu/dataset/94/spambase">Hopkins et al. 1999</see>). An item is (x, y): float32 [57] before the transform, and a 0-d int64.
/// </summary>
/// <example><code norun="it downloads">
/// var mails = new SpamBase("data");
/// var (train, test) = mails.Split(0.8, seed: 1);
/// </code></example>
public sealed class SpamBase : Dataset<Sample>
{
    const int Features = 57;
    readonly TensorDataset _items;
    readonly Func<Tensor, Tensor>? _transform;

    internal static CheckedFile File { get; } = new(
        "spambase.data", ["https://archive.ics.uci.edu/ml/machine-learning-databases/spambase/spambase.data"], 16 << 20,
        "b1ef93de71f97714d3d7d4f58fc9f718da7bbc8ac8a150eff2778616a8097b12");

    /// <summary>Reads the mails, and fetches them first where they are not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, <c>spambase/spambase.data</c>; with <see cref="DataSource.Folder"/> the folder of this file.</param>
    /// <param name="transform">What is done to the numbers of each mail.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading comes on.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    /// <exception cref="ArgumentException">They are asked to be generated.</exception>
    public SpamBase(
        string root, Func<Tensor, Tensor>? transform = null, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (source == DataSource.Generate) throw new ArgumentException("Spambase cannot be generated, only downloaded or read from a folder.", nameof(source));
        string path = source == DataSource.Download ? File.Fetch(Path.Combine(root, "spambase"), progress, cancel) : Path.Combine(root, File.Name);
        List<float> x = [];
        List<long> y = [];
        foreach (var (row, fields) in CsvFile.Rows(path, mostBytes: File.MostBytes))
        {
            if (fields.Length != Features + 1) throw new DatasetException(path, row, $"it has {fields.Length} fields, not {Features} numbers and a class; get the file again.");
            foreach (string field in fields.AsSpan(0, Features)) x.Add(Number.Of(path, row, field));
            y.Add(fields[^1] is "0" or "1" ? fields[^1][0] - '0' : throw new DatasetException(path, row, $"its class '{fields[^1]}' is neither 0 nor 1; get the file again."));
        }
        if (y.Count == 0) throw new DatasetException($"'{path}' has no rows; get the file again.");
        _items = new(Tensor.From([.. x], [y.Count, Features]), Tensor.From([.. y]));
        _transform = transform;
    }

    /// <summary>All mails, [n, 57].</summary>
    public Tensor X => _items.X;

    /// <summary>Their classes, [n].</summary>
    public Tensor Y => _items.Y;

    /// <inheritdoc/>
    public override int Count => _items.Count;

    /// <inheritdoc/>
    public override Sample this[int index] => _items[index] is var item && _transform is null ? item : item with { X = _transform!(item.X) };
}
