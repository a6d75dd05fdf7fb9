using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Digits that a program has drawn as a hand would, in MNIST's format: to try things on where there is no network. They are not handwritten, so what
/// a network comes to on them is not what it comes to on <see cref="Mnist"/>.
/// </summary>
/// <remarks>
/// An item is (x, y, id): the picture as float32 [1, 28, 28] before the transform, background 0 and ink 1; its digit as a 0-d int64; its number.
/// Digit i of a split depends on the seed and i alone. The files are kept in <c>drawn-digits</c> under the root.
/// </remarks>
/// <example><code>
/// var train = new DrawnDigits("data", count: 200);
/// var test = new DrawnDigits("data", MnistSplit.Test, count: 40);
/// Console.WriteLine($"{train.Count} and {test.Count} pictures {train[0].X.Shape}");      // → 200 and 40 pictures [1, 28, 28]
/// </code></example>
public sealed class DrawnDigits : Dataset<Sample>
{
    readonly IdxPictures _items;

    /// <summary>Opens the digits under a folder, and draws them first where they are not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, the digits in a folder of their own.</param>
    /// <param name="split">Which part of them.</param>
    /// <param name="count">How many of this part, 1 369 568 at most.</param>
    /// <param name="seed">What to draw them from.</param>
    /// <param name="transform">What is done to each picture.</param>
    /// <param name="progress">Told how drawing comes on.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DatasetException">They are more than a file can hold, or the folder cannot be written.</exception>
    public DrawnDigits(
        string root, MnistSplit split = MnistSplit.Train, int count = 10_000, ulong seed = 777, Func<Tensor, Tensor>? transform = null,
        IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        _items = IdxPictures.Open(DigitFiles.Make(root, split, count, seed, progress, cancel), split, transform);
    }

    /// <inheritdoc/>
    public override int Count => _items.Count;

    /// <inheritdoc/>
    public override Sample this[int index] => _items[index];

    /// <inheritdoc/>
    protected internal override Batch? TryBatch(ReadOnlySpan<int> indices) => _items.TryBatch(indices);
}
