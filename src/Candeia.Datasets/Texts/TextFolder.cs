using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Texts in files, those of each class in a folder of its own: <c>train/pos/0_9.txt</c>. Classes are numbered by the names of their folders, items named by
/// their paths. Files are read when they are asked for.
/// </summary>
/// <example><code norun="it reads a folder">
/// var reviews = new TextFolder("aclImdb/train");
/// Console.WriteLine($"{reviews.Count} texts, {string.Join(", ", reviews.Classes)}");
/// </code></example>
public sealed class TextFolder : Dataset<TextSample>
{
    const long MostBytes = 64 << 20;

    readonly string _folder;
    readonly (string File, int Label)[] _files;

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The folder with a folder for each class.</param>
    /// <param name="classes">Which of these folders there are, in the order of their numbers; all, if nothing is given.</param>
    /// <exception cref="DatasetException">The folder cannot be read, a class has no folder, or there is no text file at all.</exception>
    public TextFolder(string folder, IReadOnlyList<string>? classes = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = folder;
        Classes = classes ?? [.. TextFiles.Folders(folder).Select(f => Path.GetFileName(f))];
        if (Classes.FirstOrDefault(c => !Directory.Exists(Path.Combine(folder, c))) is { } missing)
            throw new DatasetException($"'{folder}' has no folder '{missing}' with the texts of that class; name the folder above it.");
        _files = [.. Classes.SelectMany((c, label) => TextFiles.Below(Path.Combine(folder, c)).Select(f => (f, label)))];
        if (_files.Length == 0) throw new DatasetException($"'{folder}' has no folders with .txt files in them, one for each class; name such a folder.");
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override int Count => _files.Length;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The file is no text, or gone.</exception>
    public override TextSample this[int index]
    {
        get
        {
            var (file, label) = _files[index];
            return new(OrdinaryFile.IsEmpty(file) ? "" : Utf8.Read(file, MostBytes), label, Path.GetRelativePath(_folder, file).Replace('\\', '/'));
        }
    }
}
