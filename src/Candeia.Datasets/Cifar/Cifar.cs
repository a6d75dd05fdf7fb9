using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>A part of CIFAR.</summary>
public enum CifarSplit
{
    /// <summary>50 000 pictures to learn from.</summary>
    Train,

    /// <summary>10 000 for the test.</summary>
    Test,
}

/// <summary>
/// CIFAR-10 or CIFAR-100 (<see href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky 2009</see>): photographs of 32×32 pixels. An item is
/// (x, y, id): float32 [3, 32, 32] from 0 to 1, the class as a 0-d int64, its number. All pictures are in memory, a byte per sample.
/// </summary>
/// <example><code norun="it downloads">
/// var train = new Cifar("data").Map(new RandomCrop(32, Padding: 4).Then(new RandomHorizontalFlip()));
/// </code></example>
public sealed class Cifar : Dataset<Sample>
{
    const int Samples = 3 * 32 * 32;
    readonly byte[] _pixels;
    readonly int[] _labels;

    /// <summary>Opens a part of the data set under a folder, and fetches it first where it is not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, the data set in a folder of its own, as its archive has it.</param>
    /// <param name="split">Which part.</param>
    /// <param name="classes">10 or 100: which of the two.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading comes on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    /// <exception cref="ArgumentException">They are asked to be generated: what is drawn is not CIFAR.</exception>
    public Cifar(
        string root, CifarSplit split = CifarSplit.Train, int classes = 10, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        if (source == DataSource.Generate)
            throw new ArgumentException("CIFAR cannot be generated, only downloaded or read from a folder. For pictures that a program draws take DrawnShapes.", nameof(source));
        var origin = CifarSource.Of(classes);
        if (source == DataSource.Download) origin.Fetch(root, progress, cancel);
        (_pixels, _labels) = origin.Read(root, split);
        Classes = origin.Names(root);
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of the class of each picture.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <inheritdoc/>
    public override int Count => _labels.Length;

    /// <inheritdoc/>
    public override Sample this[int index] => new(
        Tensor.From(_pixels[(index * Samples)..((index + 1) * Samples)], [3, 32, 32]).To(DType.Float32) / 255, Tensor.Scalar(_labels[index], DType.Int64),
        index.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
