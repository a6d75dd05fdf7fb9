using System.Collections.Concurrent;
using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Pictures in folders that are named after their classes: <c>root/cat/1.jpg</c>. Each is read and decoded when it is asked for, so that any number
/// of them takes no memory. All formats count that <see cref="ImageCodecs"/> knows.
/// </summary>
/// <example><code norun="it reads files">
/// var pictures = new ImageFolder("photos");
/// var (train, valid) = pictures.Split(0.8, seed: 1);
/// var loader = train.Map(new RandomResizedCrop(224).Then(new RandomHorizontalFlip())).Loader(32, shuffle: true, workers: 2);
/// </code></example>
public sealed class ImageFolder : Dataset<LabelledImage>, IPictureFiles
{
    readonly ClassFolders _found;
    readonly bool _skipBad;
    readonly PixelFormat _format;
    readonly ConcurrentDictionary<string, string> _bad = [];

    /// <summary>Finds the files; none is read before it is asked for.</summary>
    /// <param name="root">The folder with a folder for each class in it.</param>
    /// <param name="skipBad">
    /// Whether the next readable picture stands for one that is damaged, which <see cref="Bad"/> then tells; otherwise asking for it throws.
    /// </param>
    /// <param name="format">What all pictures become: <see cref="PixelFormat.Rgb"/> or <see cref="PixelFormat.Gray"/>.</param>
    /// <exception cref="DatasetException">There is no such folder, or a class has no picture.</exception>
    public ImageFolder(string root, bool skipBad = false, PixelFormat format = PixelFormat.Rgb)
    {
        if (format is not (PixelFormat.Rgb or PixelFormat.Gray)) throw new ArgumentException($"Pictures become {PixelFormat.Rgb} or {PixelFormat.Gray}, not {format}.", nameof(format));
        (_skipBad, _format) = (skipBad, format);
        _found = ClassFolders.Find(root, ImageCodecs.All.SelectMany(codec => codec.Extensions).ToHashSet());
    }

    /// <summary>The names of the classes: those of the folders, in order.</summary>
    public IReadOnlyList<string> Classes => _found.Classes;

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<string> Files => _found.Files;

    /// <summary>The number of the class of each file.</summary>
    public IReadOnlyList<int> Labels => _found.Labels;

    /// <summary>The files that could not be decoded so far, and why.</summary>
    public IReadOnlyDictionary<string, string> Bad => _bad;

    /// <inheritdoc/>
    public override int Count => _found.Files.Count;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The picture cannot be read; the message names it. With <c>skipBad</c>: none can.</exception>
    public override LabelledImage this[int index] => Read(index, null);

    LabelledImage IPictureFiles.Read(int index, Func<int, int, Window?> choose) => Read(index, choose);

    LabelledImage Read(int index, Func<int, int, Window?>? choose)
    {
        for (int tried = 0; tried < Count; tried++)
        {
            int at = (index + tried) % Count;
            if (Read(Files[at], choose, out var picture)) return new(picture!, Labels[at], Files[at]);
            if (!_skipBad) throw new DatasetException($"{_bad[Files[at]].TrimEnd('.')}; remove the file, or let skipBad be true.");
        }
        throw new DatasetException($"None of the {Count} pictures can be read; the first: {_bad[Files[index]]}");
    }

    bool Read(string file, Func<int, int, Window?>? choose, out Image? picture)
    {
        picture = null;
        if (_skipBad && _bad.ContainsKey(file)) return false;
        picture = PictureFile.TryRead(file, _format, out string? fault, choose);
        if (fault is not null) _bad[file] = fault;
        return picture is not null;
    }
}
