namespace Candeia;

/// <summary>
/// Several files that belong together: until <see cref="Complete"/> all that <see cref="WholeFile"/> writes on this thread waits under temporary names,
/// and then all come into place. If one cannot be written, none is replaced.
/// </summary>
/// <example><code>
/// using var files = FilesTogether.Begin();
/// new Linear(3, 1).Save("runs/model.safetensors");
/// WholeFile.Write("runs/note.txt", "untrained");
/// files.Complete();
/// </code></example>
public sealed class FilesTogether : IDisposable
{
    [ThreadStatic] static FilesTogether? s_current;
    readonly FilesTogether? _outer = s_current;
    readonly List<(string Temporary, string Path)> _waiting = [];

    FilesTogether() => s_current = this;

    /// <summary>Begins; inside of others, the files wait for these.</summary>
    public static FilesTogether Begin() => new();

    /// <summary>Where the bytes of a file are now: under its temporary name while it waits.</summary>
    public string Now(string path)
    {
        path = Path.GetFullPath(path);
        return _waiting.FindLast(f => f.Path == path).Temporary ?? path;
    }

    /// <summary>Puts all files into place, in the order in which they were written.</summary>
    public void Complete()
    {
        foreach (var (temporary, path) in _waiting)
            if (_outer is null) WholeFile.Put(temporary, path);
            else _outer._waiting.Add((temporary, path));
        _waiting.Clear();
    }

    /// <summary>Ends; what was not completed is deleted.</summary>
    public void Dispose()
    {
        if (s_current == this) s_current = _outer;
        foreach (var (temporary, _) in _waiting) File.Delete(temporary);
        _waiting.Clear();
    }

    /// <summary>Lets a file wait, if there are some to wait for.</summary>
    internal static bool Take(string temporary, string path)
    {
        s_current?._waiting.Add((temporary, path));
        return s_current is not null;
    }
}
