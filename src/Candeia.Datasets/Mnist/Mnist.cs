using System.Globalization;
using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// MNIST and data sets in its format. An item is (x, y, id): the picture as float32 [1, 28, 28] before the transform, background 0 and ink 1; its
/// class as a 0-d int64, counted from 0; its number. All pictures are in memory, a byte per pixel.
/// </summary>
/// <example><code>var digits = new Mnist("data", source: DataSource.Download);</code></example>
public sealed class Mnist : Dataset<Sample>
{
    readonly byte[] _pixels, _labels;
    readonly Func<Tensor, Tensor>? _transform;
    readonly int _rows, _columns;

    /// <summary>Opens a data set under a folder, and makes or fetches it first where it is not there.</summary>
    /// <param name="root">
    /// The folder that holds, or is to hold, the data set in a folder of its own; with <see cref="DataSource.Folder"/> any folder of IDX files.
    /// </param>
    /// <param name="family">Which data set. Generated are always digits.</param>
    /// <param name="split">Which part of it.</param>
    /// <param name="transform">What is done to each picture.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="count">How many digits to generate to learn from, 1 369 568 at most; a fifth as many are made for the test.</param>
    /// <param name="seed">What to generate them from.</param>
    /// <param name="progress">Told how generating and downloading come on.</param>
    /// <param name="cancel">Stops them; a later call goes on from there.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    public Mnist(
        string root, MnistFamily family = MnistFamily.Mnist, MnistSplit split = MnistSplit.Train, Func<Tensor, Tensor>? transform = null,
        DataSource source = DataSource.Generate, int count = 10_000, ulong seed = 777, IProgress<DataProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        var origin = MnistSource.Of(family);
        string folder = root;
        if (source == DataSource.Download) MnistDownload.Fetch(origin, folder = Path.Combine(root, origin.Folder), progress, cancel);
        if (source == DataSource.Generate) folder = GeneratedDigits.Make(root, count, seed, progress, cancel);
        var (images, labels) = MnistFiles.Find(folder, split) ?? throw new DatasetException(
            $"'{folder}' holds no IDX file of images to {(split == MnistSplit.Train ? "learn from ('train" : "test on ('t10k")}-images-idx3-ubyte'); "
            + "name a folder that does, or generate or download the data.");
        (_pixels, _labels, _rows, _columns) = Read(images, labels);
        _transform = transform;
        if (source == DataSource.Generate) return;
        if (origin.EmnistPart is not null && _rows == _columns) Upright();
        if (origin.FirstLabel is var first and > 0)
        {
            if (_labels.Any(label => label < first)) throw new DatasetException($"'{labels}' has labels below {first}; get the file again.");
            for (int i = 0; i < _labels.Length; i++) _labels[i] -= (byte)first;
        }
    }

    /// <inheritdoc/>
    public override int Count => _labels.Length;

    /// <summary>How many classes there are: one more than the largest label.</summary>
    public int Classes => _labels.Length == 0 ? 0 : _labels.Max() + 1;

    /// <summary>The parts of a data set that a folder of IDX files has.</summary>
    /// <exception cref="DatasetException">The folder cannot be read, or its files do not pair up.</exception>
    public static IReadOnlyList<MnistSplit> Splits(string folder) =>
        [.. Enum.GetValues<MnistSplit>().Where(split => MnistFiles.Find(folder, split) is not null)];

    /// <inheritdoc/>
    public override Sample this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var x = Pictures([index], [1, _rows, _columns]);
            return new(_transform is null ? x : _transform(x), Tensor.Scalar(_labels[index], DType.Int64), Id(index));
        }
    }

    /// <inheritdoc/>
    protected override Batch? TryBatch(ReadOnlySpan<int> indices)
    {
        if (_transform is not null) return null;
        int[] some = indices.ToArray();
        return new(
            Pictures(some, [some.Length, 1, _rows, _columns]),
            Tensor.From([.. some.Select(i => (long)_labels[i])]), [.. some.Select(Id)]);
    }

    Tensor Pictures(int[] indices, Shape shape)
    {
        var x = Tensor.Empty(shape);
        int size = _rows * _columns;
        x.Write<float>(values =>
        {
            for (int i = 0; i < indices.Length; i++)
            {
                var picture = _pixels.AsSpan(indices[i] * size, size);
                var target = values.Slice(i * size, size);
                for (int p = 0; p < size; p++) target[p] = picture[p] / 255f;
            }
        });
        return x;
    }

    static (byte[] Pixels, byte[] Labels, int Rows, int Columns) Read(string images, string labels)
    {
        var (pictures, pixels) = IdxFile.ReadRaw(images);
        if (pictures is not { Type: IdxType.UInt8, Shape: [var count, var rows, var columns] })
            throw new DatasetException($"'{images}' holds {pictures.Shape} values of type {pictures.Type}, not pictures [n, rows, columns] of bytes; get it again.");
        var (classes, numbers) = IdxFile.ReadRaw(labels);
        if (classes is not { Type: IdxType.UInt8, Shape.Rank: 1 } || classes.Shape[0] != count)
            throw new DatasetException($"'{labels}' holds {classes.Shape} values, not one byte for each of the {count} pictures of '{images}'; get both again.");
        return (pixels, numbers, rows, columns);
    }

    // EMNIST's files hold columns where the others hold rows.
    void Upright()
    {
        var turned = new byte[_rows * _columns];
        for (int i = 0; i < Count; i++)
        {
            var picture = _pixels.AsSpan(i * turned.Length, turned.Length);
            for (int p = 0; p < turned.Length; p++) turned[p] = picture[p % _columns * _rows + p / _columns];
            turned.CopyTo(picture);
        }
    }

    static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);
}
