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

    /// <summary>
    /// In what a picture differs from all of the data set, as the end of a sentence about it, such as "is dark"; null where it looks like one of
    /// them. What a network has learnt on this data says little about pictures that differ.
    /// </summary>
    /// <param name="picture">[150, 150], white 1 and black 0, as <see cref="ReadPicture"/> gives it.</param>
    public static string? Unlikeness(Tensor picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Scatterplot.Unlikeness(picture.To(DType.Float32).ToArray<float>());
    }

    /// <summary>A picture from a file as the items have it before the transform: [150, 150], white 1 and black 0.</summary>
    /// <exception cref="DatasetException">The file is no picture of 150×150 pixels.</exception>
    public static Tensor ReadPicture(string file) => CorrelationPictures.ToTensor(CorrelationPictures.ReadGray(file, ""));
}
