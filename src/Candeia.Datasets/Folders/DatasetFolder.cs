using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>Anything in files, in folders that are named after their classes. An item is what a function reads of a file, and the number of its class.</summary>
public sealed class DatasetFolder<T> : Dataset<(T Item, int Label)>
{
    readonly ClassFolders _found;
    readonly Func<string, T> _load;

    /// <summary>Finds the files; none is read before it is asked for.</summary>
    /// <param name="root">The folder with a folder for each class in it.</param>
    /// <param name="load">Reads a file; several threads call it at once.</param>
    /// <param name="extensions">How names of files end, such as <c>.npy</c>.</param>
    /// <exception cref="DatasetException">There is no such folder, or a class has no file.</exception>
    public DatasetFolder(string root, Func<string, T> load, params IReadOnlyList<string> extensions)
    {
        ArgumentNullException.ThrowIfNull(load);
        (_found, _load) = (ClassFolders.Find(root, [.. extensions.Select(e => e.ToLowerInvariant())]), load);
    }

    /// <summary>The names of the classes: those of the folders, in order.</summary>
    public IReadOnlyList<string> Classes => _found.Classes;

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<string> Files => _found.Files;

    /// <summary>The number of the class of each file.</summary>
    public IReadOnlyList<int> Labels => _found.Labels;

    /// <inheritdoc/>
    public override int Count => _found.Files.Count;

    /// <inheritdoc/>
    public override (T Item, int Label) this[int index] => (_load(_found.Files[index]), _found.Labels[index]);
}
