using System.Globalization;
using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Data sets of pictures in classes that are published as Parquet files, by name: <c>whoi_small_plankton</c> and <c>whoi_plankton</c> (58 000 and 957 000 photographs of plankton in 100 classes),
/// <c>whoi_small_coralnet</c> (reefs in three classes). They are downloaded and checked on first use, or read from a folder in which the Parquet files lie.
/// </summary>
/// <remarks>
/// Beside the Parquet files the pictures are written once more, one after the other, so that each can be read alone; files that were downloaded are deleted then. Photographs that
/// are JPEG files need the package Candeia.Images.Skia.
/// </remarks>
/// <example><code norun="it downloads">
/// var train = new ParquetImages("whoi_small_plankton", "data");
/// var loader = train.Map(new Resize((64, 64))).Loader(64, shuffle: true, workers: 2);
/// </code></example>
public sealed class ParquetImages : Dataset<LabelledImage>, IDisposable
{
    const string Whoi = "https://huggingface.co/datasets/nf-whoi/";

    static readonly Dictionary<string, ParquetOrigin> s_all = new()
    {
        ["whoi_small_plankton"] = Of("whoi-plankton-small", "170921030aee26f9676725a0c55a4420 332ebc8b822058cd98f778099927c50e", "f0747ae16fc7cd6946ea54c3fe1f30b4", "91b7794e4286c138bda667121ce91d2c"),
        ["whoi_plankton"] = Of("whoi-plankton", """
            07eaff140f39868a8bcb1d3c02ebe60f 87c927b9fbe0c327b7b9ae18388b4fcf 456efd91901571a41c2157732880f6b8 dc929fde45e3b2e38bdd61a15566cf32 f92ab6cfb4a3dd7e0866f3fdf8dbc33c
            61c555bba39b6b3ccb4f02a5cf07e762 57e03cecf2b5d97912ed37e1b8fc6263 56081cc99e61c36e89db1566dbbf06c1 60b7998630468cb18880660c81d1004a 1fa94ceb54d4e53643a0d8cf323af901
            7a7be4e3dfdc39a50c8ca086a4d9a8de 07194caf75805e956986cba68e6b398e 0f4d47f240cd9c30a7dd786171fa40ca
            """, "db827a7de8790cdcae67b174c7b8ea5e d3181d9ffaed43d0c01f59455924edca",
            "cd41b344ec4b6af83e39c38e19f09190 aa0965c0e59f7b1cddcb3c565d80edf3 b2a75513f1a084724e100678d8ee7180 a03c4d52758078bfb0799894926d60f6"),
        ["whoi_small_coralnet"] = Of("coralnet-small", "82269e2251db22ef213e438126198afd 82d2cafbad7740e476310565a2bcd44e f4dd2d2effc1f9c02918e3ee614b85d3 d66ec691a4c5c63878a9cfff164a6aaf",
            "7ea146b9b2f7b6cee99092bd44182d06", "f9a3ce864fdbeb5f1f3d243fe1285186"),
    };

    readonly PictureStore _store;
    readonly int[] _labels;

    /// <summary>Opens a part of a data set, and fetches it first where it is not there.</summary>
    /// <param name="name">Which data set, one of <see cref="Names"/>.</param>
    /// <param name="root">The folder that holds, or is to hold, the data set in a folder of its own; with <see cref="DataSource.Folder"/> the one in which the Parquet files lie.</param>
    /// <param name="split">Which part, one of <see cref="SplitsOf"/>; the first of them, if none is given.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading and unpacking come on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="ArgumentException">There is no such data set or part, or it is asked to be generated.</exception>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    public ParquetImages(
        string name, string root, string? split = null, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        (_store, Part) = OriginOf(name).Open(name, root, split, source, LabelsOf, progress, cancel);
        Name = name;
        _labels = Array.ConvertAll(_store.Notes, n => int.TryParse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int label) && label >= -1 && (label < _store.Classes.Count || _store.Classes.Count == 0) ? label
            : throw new DatasetException($"'{_store.Path}' has a picture of class '{n}', which is none of {_store.Classes.Count}; get the data again."));
    }

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

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes => _store.Classes;

    /// <summary>The number of the class of each picture; −1, where it is not told.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <inheritdoc/>
    public override int Count => _labels.Length;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The picture cannot be read; the message names it.</exception>
    public override LabelledImage this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new(_store.Picture(index), _labels[index], string.Create(CultureInfo.InvariantCulture, $"{_store.Path}#{index}"));
        }
    }

    /// <summary>Closes the file of pictures.</summary>
    public void Dispose() => _store.Dispose();

    static string?[] LabelsOf(OpenParquet open, int group) => [.. open.Numbers(group, "label").Select(l => double.IsNaN(l) ? "-1" : l.ToString(CultureInfo.InvariantCulture))];

    static ParquetOrigin OriginOf(string name) => s_all.TryGetValue(name, out var origin) ? origin
        : throw new ArgumentException($"There is no data set '{name}'; there are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>Files that are numbered, with the MD5 of each.</summary>
    static ParquetOrigin Of(string repository, string train, string validation, string test) => new(["train", "val", "test"], split =>
    {
        string[] checksums = (split switch { "train" => train, "val" => validation, _ => test }).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. checksums.Select((c, i) => OfFile(repository, string.Create(CultureInfo.InvariantCulture, $"{(split == "val" ? "validation" : split)}-{i:00000}-of-{checksums.Length:00000}.parquet"), c))];
    });

    static CheckedFile OfFile(string repository, string name, string checksum) => new(name, [$"{Whoi}{repository}/resolve/main/data/{name}"], 1L << 31, checksum);
}
