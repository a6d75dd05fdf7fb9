using System.Globalization;
using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>The pictures of a pair of IDX files, a byte per pixel, and their classes: what data sets in MNIST's format consist of.</summary>
internal sealed class IdxPictures
{
    readonly byte[] _pixels, _labels;
    readonly Func<Tensor, Tensor>? _transform;
    readonly int _rows, _columns;
    readonly string _file;

    IdxPictures(string images, string labels, Func<Tensor, Tensor>? transform)
    {
        (_pixels, _labels, _rows, _columns) = Read(images, labels);
        (_transform, _file) = (transform, labels);
    }

    /// <summary>The pair of a split in a folder.</summary>
    /// <exception cref="DatasetException">There is none, or it is damaged.</exception>
    public static IdxPictures Open(string folder, MnistSplit split, Func<Tensor, Tensor>? transform)
    {
        var (images, labels) = MnistFiles.Find(folder, split) ?? throw new DatasetException(
            $"'{folder}' holds no IDX file of images to {(split == MnistSplit.Train ? "learn from ('train" : "test on ('t10k")}-images-idx3-ubyte'); "
            + "name a folder that does, or download the data.");
        return new(images, labels, transform);
    }

    public int Count => _labels.Length;

    public int Classes => _labels.Length == 0 ? 0 : _labels.Max() + 1;

    public Sample this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var x = Pictures([index], [1, _rows, _columns]);
            return new(_transform is null ? x : _transform(x), Tensor.Scalar(_labels[index], DType.Int64), Id(index));
        }
    }

    /// <summary>Many at once, where each need not be transformed.</summary>
    public Batch? TryBatch(ReadOnlySpan<int> indices)
    {
        if (_transform is not null) return null;
        int[] some = indices.ToArray();
        return new(
            Pictures(some, [some.Length, 1, _rows, _columns]),
            Tensor.From([.. some.Select(i => (long)_labels[i])]), [.. some.Select(Id)]);
    }

    /// <summary>Turns pictures from columns to rows: EMNIST's files hold columns where the others hold rows.</summary>
    public void Upright()
    {
        if (_rows != _columns) return;
        var turned = new byte[_rows * _columns];
        for (int i = 0; i < Count; i++)
        {
            var picture = _pixels.AsSpan(i * turned.Length, turned.Length);
            for (int p = 0; p < turned.Length; p++) turned[p] = picture[p % _columns * _rows + p / _columns];
            turned.CopyTo(picture);
        }
    }

    /// <summary>Makes the first class 0.</summary>
    /// <exception cref="DatasetException">A label is below the first.</exception>
    public void CountFromZero(int first)
    {
        if (_labels.Any(label => label < first)) throw new DatasetException($"'{_file}' has labels below {first}; get the file again.");
        for (int i = 0; i < _labels.Length; i++) _labels[i] -= (byte)first;
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

    static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);
}
