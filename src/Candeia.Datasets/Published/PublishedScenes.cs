using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Data sets of pictures in which things are marked, as they were published, by name: <c>voc2012_detection</c> (boxes), <c>coco2017_detection</c> (boxes and a
/// mask of each), <c>coco2017_keypoints</c> (people, with seventeen places of each), <c>voc2012_segmentation</c>, <c>oxford_pets_segmentation</c> (what each pixel
/// belongs to), <c>celeba</c> (key points), <c>rf100_peixos</c> (fish, with a mask of each), <c>flickr8k</c> (captions). They are downloaded and checked on first use, or read from a folder in which the original was unpacked.
/// </summary>
/// <remarks>
/// Boxes are left, top, right, bottom from 0 on, a box around all of a picture being 0, 0, width, height. Class 0 is what is none of the things, so that labels
/// begin at 1. In Pascal VOC's masks 255 is the border of things, which counts for nothing. Of COCO, boxes around crowds are left out; the third number of its places is 0 where a place is not marked, 1 where it is hidden, 2 where it is seen. Photographs are JPEG files:
/// reading them needs the package Candeia.Images.Skia.
/// </remarks>
/// <example><code norun="it downloads">
/// var train = new PublishedScenes("voc2012_detection", "data");
/// var flip = new RandomHorizontalFlip();
/// var scenes = train.Map((item, generator) => flip.Apply(item.Scene, generator));     // boxes move with the picture
/// </code></example>
public sealed class PublishedScenes : Dataset<AnnotatedImage>
{
    readonly Scenes _items;

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
    public PublishedScenes(
        string name, string root, string? split = null, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        var (origin, read) = SceneSets.Of(name);
        (string folder, Part) = origin.Open(name, root, split, source, progress, cancel);
        (Name, _items) = (name, read(folder, Part));
    }

    /// <summary>The names of all data sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SceneSets.All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The parts of a data set; the first is what is learnt from.</summary>
    /// <param name="name">Which data set.</param>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static IReadOnlyList<string> SplitsOf(string name) => SceneSets.Of(name).Origin.Splits;

    /// <summary>Which data set it is.</summary>
    public string Name { get; }

    /// <summary>Which part of it.</summary>
    public string Part { get; }

    /// <summary>What the numbers in labels and masks stand for; none, where there are captions alone.</summary>
    public IReadOnlyList<string> Classes => _items.Classes;

    /// <summary>The files of the pictures.</summary>
    public IReadOnlyList<string> Files => _items.Files;

    /// <inheritdoc/>
    public override int Count => _items.Files.Count;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The picture, or what is marked in it, cannot be read; the message names the file.</exception>
    public override AnnotatedImage this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            string file = _items.Files[index];
            var (scene, captions) = _items.Mark(index, new(PictureFile.Read(file).ToTensor(DType.UInt8)));
            return new(scene, captions, file);
        }
    }
}

/// <summary>Pictures, and a function that marks in one of them what is known of it.</summary>
/// <param name="Classes">What numbers stand for.</param>
/// <param name="Files">The pictures.</param>
/// <param name="Mark">Gives a picture, by its number, what is marked in it.</param>
internal sealed record Scenes(IReadOnlyList<string> Classes, IReadOnlyList<string> Files, Func<int, Annotated, (Annotated Scene, IReadOnlyList<string> Captions)> Mark)
{
    /// <summary>Pictures that all have a mask in another file.</summary>
    public static Scenes OfMasks(IReadOnlyList<string> classes, IReadOnlyList<(string File, string Mask)> all, Func<int, Tensor?>? labels = null) =>
        new(classes, [.. all.Select(a => a.File)], (i, scene) => (scene with { Mask = MaskFile.Read(all[i].Mask, scene), Labels = labels?.Invoke(i) }, []));

    /// <summary>Pictures with sentences.</summary>
    public static Scenes OfCaptions(IReadOnlyList<string> files, IReadOnlyList<IReadOnlyList<string>> captions) => new([], files, (i, scene) => (scene, captions[i]));
}

/// <summary>Masks in files, in the words of data sets.</summary>
internal static class MaskFile
{
    /// <exception cref="DatasetException">It cannot be read, or has another size than the picture.</exception>
    public static Mask Read(string file, Annotated scene)
    {
        Mask mask;
        try
        {
            mask = Mask.Load(file);
        }
        catch (Exception fault) when (fault is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{file}' cannot be read ({fault.Message.TrimEnd('.')}); get the data again.", fault);
        }
        return mask.Values.Shape == [scene.Height, scene.Width] ? mask
            : throw new DatasetException($"'{file}' is a mask of {mask.Values.Shape[0]}×{mask.Values.Shape[1]} pixels for a picture of {scene.Height}×{scene.Width}; get the data again.");
    }
}
