using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Data sets of pictures in classes as they were published, by name: <c>flowers102</c>, <c>oxford_pets</c>, <c>food101</c>. They are downloaded and checked on
/// first use, or read from a folder in which the original was unpacked. An item is a picture in colours of any size, its class, and its file; a picture whose
/// class is not told, such as those of STL10's part <c>unlabeled</c>, has the class −1.
/// </summary>
/// <remarks>
/// Pictures are read and decoded when they are asked for, but for <c>fer2013</c>, <c>qmnist</c>, <c>stl10</c> and <c>svhn</c>, which are in memory, a byte a value.
/// Photographs are JPEG files: reading them needs the package Candeia.Images.Skia.
/// </remarks>
/// <example><code norun="it downloads">
/// var train = new PublishedImages("flowers102", "data");
/// var valid = new PublishedImages("flowers102", "data", "val");
/// var loader = train.Map(new RandomResizedCrop(224).Then(new RandomHorizontalFlip())).Loader(32, shuffle: true, workers: 2);
/// </code></example>
public sealed class PublishedImages : Dataset<LabelledImage>, IPictureFiles
{
    readonly Labelled _items;

    /// <summary>Opens a part of a data set, and fetches it first where it is not there.</summary>
    /// <param name="name">Which data set, one of <see cref="Names"/>.</param>
    /// <param name="root">
    /// The folder that holds, or is to hold, the data set in a folder of its own; with <see cref="DataSource.Folder"/> the one in which the original was unpacked.
    /// </param>
    /// <param name="split">Which part, one of <see cref="SplitsOf"/>; the first of them, if none is given.</param>
    /// <param name="source">How to get the data where there are none.</param>
    /// <param name="progress">Told how downloading and unpacking come on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <exception cref="ArgumentException">There is no such data set or part, or it is asked to be generated.</exception>
    /// <exception cref="DatasetException">The data cannot be had, or are damaged.</exception>
    public PublishedImages(
        string name, string root, string? split = null, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        var (origin, read) = LabelledSets.Of(name);
        (string folder, Part) = origin.Open(name, root, split, source, progress, cancel);
        (Name, _items) = (name, read(folder, Part));
    }

    /// <summary>The names of all data sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. LabelledSets.All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The parts of a data set; the first is what is learnt from.</summary>
    /// <param name="name">Which data set.</param>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static IReadOnlyList<string> SplitsOf(string name) => LabelledSets.Of(name).Origin.Splits;

    /// <summary>Which data set it is.</summary>
    public string Name { get; }

    /// <summary>Which part of it.</summary>
    public string Part { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes => _items.Classes;

    /// <summary>The number of the class of each picture; −1, where it is not told.</summary>
    public IReadOnlyList<int> Labels => _items.Labels;

    /// <inheritdoc/>
    public override int Count => _items.Labels.Count;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The picture cannot be read; the message names it.</exception>
    public override LabelledImage this[int index] => Read(index, null);

    LabelledImage IPictureFiles.Read(int index, Func<int, int, Window?> choose) => Read(index, choose);

    LabelledImage Read(int index, Func<int, int, Window?>? choose)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return new(_items.Picture(index, choose), Labels[index], _items.Id(index));
    }
}
