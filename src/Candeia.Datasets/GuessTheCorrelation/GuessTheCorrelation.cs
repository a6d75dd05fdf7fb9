using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Scatterplots of 30 points and their linear correlation: the data of "Guess the correlation". An item is (x, y, id): the picture as float32,
/// white 1 and black 0, [150, 150] before the transform; the correlation as a 0-d float32; the picture's name. A picture is read
/// when it is asked for.
/// </summary>
/// <remarks>
/// The layout on disk is the original's: <c>guess-the-correlation/train.csv</c> with the columns <c>id,corr</c>, and
/// <c>guess-the-correlation/train_imgs/ID.png</c>.
/// </remarks>
/// <example><code>
/// var data = new GuessTheCorrelation("data", transform: img => img[..130, 20..150].Unsqueeze(0), count: 10);
/// Console.WriteLine(data[0].X.Shape);      // → [1, 130, 130]
/// </code></example>
public sealed class GuessTheCorrelation : Dataset<Sample>
{
    readonly CorrelationTable _table;
    readonly CorrelationPictures _pictures;
    readonly Func<Tensor, Tensor>? _transform;

    /// <summary>Opens the data under a folder, and makes or fetches them first where they are not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, <c>guess-the-correlation</c>; or that folder itself.</param>
    /// <param name="transform">What is done to each picture, such as cropping and adding a channel.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="split">Which part of the data.</param>
    /// <param name="count">How many items to generate. Generated data that are there grow, or are cut to them; other data are taken whole.</param>
    /// <param name="seed">What to generate them from: item i depends on the seed and i alone.</param>
    /// <param name="progress">Told how generating, downloading and unpacking come on.</param>
    /// <param name="cancel">Stops them; a later call goes on from there.</param>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    public GuessTheCorrelation(
        string root, Func<Tensor, Tensor>? transform = null, DataSource source = DataSource.Generate, CorrelationSplit split = CorrelationSplit.Train,
        int count = 20_000, ulong seed = 777, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (split == CorrelationSplit.Submission && source == DataSource.Generate && CorrelationLayout.Find(root) is null)
            throw new DatasetException($"'{root}' holds no data set, and generated ones have no submission split; use DataSource.Download.");
        (string folder, int? first) = source switch
        {
            DataSource.Generate => CorrelationData.Generated(root, count, seed, progress, cancel),
            DataSource.Download => (CorrelationData.Downloaded(root, progress, cancel), null),
            _ => (CorrelationData.Existing(root), null),
        };
        (_table, _pictures) = CorrelationFolder.Open(folder, split);
        if (first is { } some) _table = _table.First(some);
        _transform = transform;
    }

    /// <inheritdoc/>
    public override int Count => _table.Ids.Length;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The picture is missing, damaged, or not of 150×150 pixels.</exception>
    public override Sample this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var x = _pictures[index];
            return new(_transform is null ? x : _transform(x), Tensor.Scalar(_table.Labels[index]), _table.Ids[index]);
        }
    }

    /// <summary>An item that is drawn on the spot, without a folder: the one that a generated data set of this seed has at this index.</summary>
    /// <param name="seed">What everything is drawn from.</param>
    /// <param name="index">Which item, from 0.</param>
    /// <example><code>
    /// var item = GuessTheCorrelation.Draw(seed: 777, index: 0);
    /// Console.WriteLine(item.X.Shape);      // → [150, 150]
    /// </code></example>
    public static Sample Draw(ulong seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var items = new CorrelationGenerator(seed);
        var scatter = items.Scatter(index);
        return new(CorrelationPictures.ToTensor(Scatterplot.Draw(scatter.X, scatter.Y)), Tensor.Scalar((float)scatter.Correlation), items.Id(index));
    }

    /// <summary>A picture of points as the data set draws them, [150, 150], white 1 and black 0; each axis reaches from the smallest to the largest of its numbers.</summary>
    /// <param name="x">The points' places from left to right.</param>
    /// <param name="y">Their places from below to above, as many.</param>
    /// <exception cref="ArgumentException">There are no points, another number of each, or numbers that are not finite.</exception>
    /// <example><code>
    /// var picture = GuessTheCorrelation.Draw([1, 2, 3], [2, 1, 3]);
    /// Console.WriteLine(picture.Shape);      // → [150, 150]
    /// </code></example>
    public static Tensor Draw(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (across, up) = Scatter.Scaled(x, y);
        return CorrelationPictures.ToTensor(Scatterplot.Draw(across, up));
    }

    /// <summary>The points of an item, <see cref="Draw(ulong, int)"/>, in a picture as another program would draw it, and their correlation.</summary>
    /// <param name="style">How it looks.</param>
    /// <param name="seed">What everything is drawn from.</param>
    /// <param name="index">Which item, from 0.</param>
    /// <exception cref="ArgumentException">The style has no colours, or no room for points.</exception>
    /// <example><code>
    /// var (picture, correlation) = GuessTheCorrelation.Draw(ScatterplotStyle.Known[2], seed: 777, index: 0);
    /// Console.WriteLine($"{picture.Width}×{picture.Height}");                                      // → 800×600
    /// Console.WriteLine(correlation == (float)GuessTheCorrelation.Draw(seed: 777, index: 0).Y);      // → True
    /// </code></example>
    public static (Images.Image Picture, float Correlation) Draw(ScatterplotStyle style, ulong seed, int index)
    {
        ArgumentNullException.ThrowIfNull(style);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var scatter = new CorrelationGenerator(seed).Scatter(index);
        return (style.Draw(scatter.X, scatter.Y), (float)scatter.Correlation);
    }

    /// <summary>
    /// In what a picture differs from all of the data set, as the end of a sentence about it, such as "is dark"; null where it looks like one of
    /// them. What a network has learnt on this data says little about pictures that differ.
    /// </summary>
    /// <param name="picture">[150, 150], white 1 and black 0, as <see cref="ReadPicture(string)"/> gives it.</param>
    public static string? Unlikeness(Tensor picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Scatterplot.Unlikeness(picture.To(DType.Float32).ToArray<float>());
    }

    /// <summary>A picture from a file as the items have it before the transform: [150, 150], white 1 and black 0.</summary>
    /// <exception cref="DatasetException">The file is no picture of 150×150 pixels.</exception>
    public static Tensor ReadPicture(string file) => CorrelationPictures.ToTensor(CorrelationPictures.ReadGray(file, ""));

    /// <summary>A picture from the bytes of a file, as the items have it before the transform: [150, 150], white 1 and black 0.</summary>
    /// <exception cref="Images.ImageFormatException">It is no picture of 150×150 pixels.</exception>
    public static Tensor ReadPicture(ReadOnlySpan<byte> file)
    {
        var gray = new byte[Scatterplot.Size * Scatterplot.Size];
        Images.Image.DecodeGray(file, Scatterplot.Size, Scatterplot.Size, gray);
        return CorrelationPictures.ToTensor(gray);
    }
}
