using System.Globalization;
using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Data sets of pictures with boxes around things that are published as Parquet files, by name: the collections of Roboflow 100 that R's torchvision has, of documents, biology,
/// medicine, damages, infrared and under water, such as <c>rf100_blood_cell</c>, <c>rf100_signature</c> and <c>rf100_coral</c>. They are downloaded and checked on first use, or read
/// from a folder in which the Parquet files lie.
/// </summary>
/// <remarks>
/// Boxes are left, top, right, bottom. Labels are the numbers of the classes as the file has them, 0 being what all of its classes are together. Pictures without boxes are left out. As of
/// <see cref="ParquetImages"/>, the pictures are written once more beside the Parquet files. Photographs that are JPEG files need the package Candeia.Images.Skia.
/// </remarks>
/// <example><code norun="it downloads">
/// var train = new ParquetScenes("rf100_blood_cell", "data");
/// var scene = train[0].Scene;
/// Image.FromTensor(scene.Image).DrawBoundingBoxes(scene.Boxes!).Save("cells.png");
/// </code></example>
public sealed class ParquetScenes : Dataset<AnnotatedImage>, IDisposable
{
    static readonly Dictionary<string, ParquetOrigin> s_all = Lines().Skip(1).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], Of);

    readonly PictureStore _store;
    readonly float[][] _things;

    /// <summary>Opens a part of a data set, and fetches it first where it is not there.</summary>
    /// <inheritdoc cref="ParquetImages(string, string, string, DataSource, IProgress{DataProgress}, CancellationToken)"/>
    public ParquetScenes(
        string name, string root, string? split = null, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        (_store, Part) = OriginOf(name).Open(name, root, split, source, ThingsOf, progress, cancel);
        Name = name;
        try
        {
            _things = Array.ConvertAll(_store.Notes, note => Array.ConvertAll(note.Split(' '), n => float.Parse(n, CultureInfo.InvariantCulture)));
            if (_things.Any(t => t.Length % Numbers != 0 || t.Chunk(Numbers).Any(n => n.Any(v => !float.IsFinite(v)) || n[^1] < 0 || (n[^1] >= Classes.Count && Classes.Count > 0)))) throw new FormatException($"a box, or its class, is none of {Classes.Count}");
        }
        catch (Exception fault)
        {
            _store.Dispose();
            if (fault is not FormatException) throw;
            throw new DatasetException($"'{_store.Path}' is damaged ({fault.Message.TrimEnd('.')}); get the data again.", fault);
        }
    }

    /// <summary>The numbers that are noted of a thing: left, top, width, height, class.</summary>
    const int Numbers = 5;

    /// <summary>The names of all data sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The parts of a data set; the first is what is learnt from.</summary>
    /// <param name="name">Which data set.</param>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static IReadOnlyList<string> SplitsOf(string name) => OriginOf(name).Splits;

    /// <summary>Which data set it is.</summary>
    public string Name { get; }

    /// <summary>Which part of it.</summary>
    public string Part { get; }

    /// <summary>What the numbers in labels stand for.</summary>
    public IReadOnlyList<string> Classes => _store.Classes;

    /// <inheritdoc/>
    public override int Count => _things.Length;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The picture cannot be read; the message names it.</exception>
    public override AnnotatedImage this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            float[][] things = [.. _things[index].Chunk(Numbers)];
            float[] corners = [.. things.SelectMany(t => (float[])[t[0], t[1], t[0] + t[2], t[1] + t[3]])];
            var scene = new Annotated(_store.Picture(index).ToTensor(DType.UInt8), new(Tensor.From(corners, [things.Length, 4])), Labels: Tensor.From([.. things.Select(t => (long)t[4])], [things.Length]));
            return new(scene, [], string.Create(CultureInfo.InvariantCulture, $"{_store.Path}#{index}"));
        }
    }

    /// <summary>Closes the file of pictures.</summary>
    public void Dispose() => _store.Dispose();

    /// <summary>The boxes of each picture of a row group with their classes.</summary>
    static string?[] ThingsOf(OpenParquet open, int group)
    {
        // In some of the collections classes are called labels.
        double[][] boxes = open.Lists(group, "objects", "bbox"), classes = open.Lists(group, "objects", open.Has("objects", "category") ? "category" : "label");
        return [.. boxes.Zip(classes, (b, c) => b.Length != 4 * c.Length ? throw new DatasetException($"'{open.File}' has a picture with {b.Length} numbers of boxes for {c.Length} classes; get it again.") : b.Length == 0 ? null
            : string.Join(' ', b.Chunk(4).Zip(c, (box, of) => box.Append(of)).SelectMany(n => n).Select(n => ((float)n).ToString(CultureInfo.InvariantCulture))))];
    }

    static ParquetOrigin OriginOf(string name) => s_all.TryGetValue(name, out var origin) ? origin
        : throw new ArgumentException($"There is no data set '{name}'; there are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>A line of the table: repository, then what the names of the files of the three parts end in, then their MD5, as far as that is known.</summary>
    static ParquetOrigin Of(string[] fields)
    {
        string[] splits = ["train", "valid", "test"];
        return new(splits, split =>
        {
            int part = Array.IndexOf(splits, split);
            string file = $"{(split == "valid" ? "validation" : split)}-00000-of-00001-{fields[2 + part]}.parquet", checksum = fields[5 + part];
            return [new(file, [$"https://huggingface.co/datasets/Francesco/{fields[1]}/resolve/main/data/{file}"], 1L << 31, checksum == "-" ? null : checksum)];
        });
    }

    static string[] Lines()
    {
        using var reader = new StreamReader(typeof(ParquetScenes).Assembly.GetManifestResourceStream("rf100.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
