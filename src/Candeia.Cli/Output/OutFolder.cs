namespace Candeia.Cli;

/// <summary>The folder that gets the results. A file is there as a whole or not at all.</summary>
sealed class OutFolder
{
    readonly List<string> _written = [];

    /// <summary>Makes the folder if it is missing, and makes sure now that files can be written to it, not after an hour of work.</summary>
    /// <exception cref="UserException">They cannot.</exception>
    public OutFolder(string path)
    {
        Path = path;
        try
        {
            Directory.CreateDirectory(path);
            File.Create(Temporary("probe"), 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserException($"Cannot write to the folder '{path}': {e.Message.TrimEnd('.')}. Choose another one.", e);
        }
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <summary>The names of the files, in the order in which they were written.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <summary>Lets <paramref name="write"/> make a file under a temporary name in the same folder, and moves it into place.</summary>
    public void Write(string name, Action<string> write)
    {
        string temporary = Temporary(name);
        try
        {
            write(temporary);
            File.Move(temporary, System.IO.Path.Combine(Path, name), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        _written.Add(name);
    }

    // The ending stays: writers choose the format by it.
    string Temporary(string name) => System.IO.Path.Combine(Path, $".{Guid.NewGuid():N}.{name}");
}
