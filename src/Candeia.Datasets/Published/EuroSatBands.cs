using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Pictures of the earth as the satellite sees it, in 13 bands from violet to short infrared, and what stands there: 27 000 of ten kinds, downloaded on first use. An
/// item is float32 [13, 64, 64], reflected light times 10 000, and its class. The same in colours alone is <c>new PublishedImages("eurosat", …)</c>.
/// </summary>
/// <example><code norun="it downloads">
/// var train = new EuroSatBands("data");
/// var infrared = train.Map(sample => sample with { X = sample.X[7..8] / 10_000 });
/// </code></example>
public sealed class EuroSatBands : Dataset<Sample>
{
    const string Address = "https://huggingface.co/datasets/torchgeo/eurosat/resolve/1ce6f1bfb56db63fd91b6ecc466ea67f2509774c/";
    static readonly string[] s_classes = ["AnnualCrop", "Forest", "HerbaceousVegetation", "Highway", "Industrial", "Pasture", "PermanentCrop", "Residential", "River", "SeaLake"];
    readonly (string File, int Label)[] _items;

    static readonly Origin s_origin = new("eurosat-bands", ["train", "val", "test"], split =>
    [
        LabelledSets.File(Address + "EuroSATallBands.zip", "5ac12b3b2557aa56e1826e981e8e200e"), LabelledSets.File($"{Address}eurosat-{split}.txt", split switch
        {
            "train" => "908f142e73d6acdf3f482c5e80d851b1",
            "val" => "95de90f2aa998f70a3b2416bfe0687b4",
            _ => "7ae5ab94471417b6e315763121e67c5f",
        }),
    ]);

    /// <summary>Opens a part of the data, and fetches it first where it is not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, the data in a folder of its own; with <see cref="DataSource.Folder"/> the one in which the original was unpacked.</param>
    /// <param name="split"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading and unpacking come on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="ArgumentException">There is no such part, or it is asked to be generated.</exception>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    public EuroSatBands(string root, string split = "train", DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        (string folder, split) = s_origin.Open("eurosat_bands", root, split, source, progress, cancel);
        string pictures = Path.Combine(folder, "ds", "images", "remote_sensing", "otherDatasets", "sentinel_2", "tif"), list = $"eurosat-{split}.txt";
        // Lines such as AnnualCrop_1167.jpg.
        _items = [.. Layout.Lines(folder, list).Select((line, i) =>
        {
            string name = Path.GetFileNameWithoutExtension(line.Trim()), kind = name[..Math.Max(0, name.LastIndexOf('_'))];
            int label = Array.IndexOf(s_classes, kind);
            return label >= 0 ? (Layout.Inside(pictures, $"{kind}/{name}.tif"), label) : throw new DatasetException(Path.Combine(folder, list), i + 1, $"'{line}' is of no class that there is; get the file again.");
        })];
    }

    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Classes => s_classes;

    /// <inheritdoc/>
    public override int Count => _items.Length;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The picture cannot be read; the message names it.</exception>
    public override Sample this[int index]
    {
        get
        {
            var (file, label) = _items[index];
            try
            {
                return new(TiffCodec.Bands(file), Tensor.Scalar(label, DType.Int64), file);
            }
            catch (Exception fault) when (fault is ImageFormatException or IOException or UnauthorizedAccessException)
            {
                throw new DatasetException($"{fault.Message.TrimEnd('.')}; get the data again.", fault);
            }
        }
    }
}
