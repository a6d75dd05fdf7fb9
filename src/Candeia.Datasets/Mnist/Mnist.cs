using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// MNIST and data sets in its format. An item is (x, y, id): the picture as float32 [1, 28, 28] before the transform, background 0 and ink 1; its
/// class as a 0-d int64, counted from 0; its number. All pictures are in memory, a byte per pixel.
/// </summary>
/// <remarks>Where there is no network, <see cref="DrawnDigits"/> are digits to try things on.</remarks>
/// <example><code norun="it downloads">
/// var digits = new Mnist("data");                                                    // downloaded on first use
/// var clothes = new Mnist("data", MnistFamily.FashionMnist, MnistSplit.Test);
/// </code></example>
public sealed class Mnist : Dataset<Sample>
{
    readonly IdxPictures _items;

    /// <summary>Opens a data set under a folder, and fetches it first where it is not there.</summary>
    /// <param name="root">
    /// The folder that holds, or is to hold, the data set in a folder of its own; with <see cref="DataSource.Folder"/> any folder of IDX files.
    /// </param>
    /// <param name="family">Which data set.</param>
    /// <param name="split">Which part of it.</param>
    /// <param name="transform">What is done to each picture.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading comes on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    /// <exception cref="ArgumentException">They are asked to be generated: what is drawn is not MNIST.</exception>
    public Mnist(
        string root, MnistFamily family = MnistFamily.Mnist, MnistSplit split = MnistSplit.Train, Func<Tensor, Tensor>? transform = null,
        DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (source == DataSource.Generate)
            throw new ArgumentException($"{family} cannot be generated, only downloaded or read from a folder. For digits that a program has drawn take DrawnDigits.", nameof(source));
        var origin = MnistSource.Of(family);
        string folder = root;
        if (source == DataSource.Download) MnistDownload.Fetch(origin, folder = Path.Combine(root, origin.Folder), progress, cancel);
        _items = IdxPictures.Open(folder, split, transform);
        if (origin.EmnistPart is not null) _items.Upright();
        _items.CountFromZero(origin.FirstLabel);
    }

    /// <inheritdoc/>
    public override int Count => _items.Count;

    /// <summary>How many classes there are: one more than the largest label.</summary>
    public int Classes => _items.Classes;

    /// <summary>The parts of a data set that a folder of IDX files has.</summary>
    /// <exception cref="DatasetException">The folder cannot be read, or its files do not pair up.</exception>
    public static IReadOnlyList<MnistSplit> Splits(string folder) =>
        [.. Enum.GetValues<MnistSplit>().Where(split => MnistFiles.Find(folder, split) is not null)];

    /// <inheritdoc/>
    public override Sample this[int index] => _items[index];

    /// <inheritdoc/>
    protected internal override Batch? TryBatch(ReadOnlySpan<int> indices) => _items.TryBatch(indices);
}
