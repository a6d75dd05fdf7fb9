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
            File.Create(System.IO.Path.Combine(path, $".{Guid.NewGuid():N}.probe"), 1, FileOptions.DeleteOnClose).Dispose();
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

    /// <summary>Lets <paramref name="write"/> make a file; everything that writes files in Candeia does so whole or not at all.</summary>
    public void Write(string name, Action<string> write)
    {
        write(System.IO.Path.Combine(Path, name));
        _written.Add(name);
    }
}
