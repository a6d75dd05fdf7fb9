using Candeia.Distributed;

namespace Candeia.Experiments;

/// <summary>
/// The folder that gets the results. A file is there as a whole or not at all. Of several processes that do one job the first alone writes to it, and what
/// the others make goes to folders that are gone with them.
/// </summary>
sealed class OutFolder
{
    readonly List<string> _written = [];

    /// <summary>Makes the folder if it is missing, and makes sure now that files can be written to it, not after an hour of work.</summary>
    /// <exception cref="UserException">They cannot.</exception>
    public OutFolder(string path)
    {
        if (World.Ranks.Rank > 0) path = Aside();
        Path = path;
        string probe = System.IO.Path.Combine(path, $".{Guid.NewGuid():N}.probe");
        try
        {
            Directory.CreateDirectory(path);
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = e.Message.Replace(System.IO.Path.GetFullPath(probe), path, StringComparison.Ordinal).TrimEnd('.');
            throw new UserException($"Cannot write to the folder '{path}': {reason}. Choose another one.", e);
        }
    }

    static string Aside()
    {
        string folder = Directory.CreateTempSubdirectory("candeia-rank-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <summary>Says what was written, in lines that fit a narrow terminal.</summary>
    public void Tell(IStory story)
    {
        story.Line($"{System.IO.Path.Combine(Path, _written[0])}{(_written.Count > 1 ? ", and beside it" : "")}");
        foreach (string[] some in _written.Skip(1).Chunk(3)) story.Line($"{string.Join(", ", some)}");
    }

    /// <summary>Lets <paramref name="write"/> make several files of these names in the folder.</summary>
    public void WriteAll(IEnumerable<string> names, Action<string> write)
    {
        write(Path);
        _written.AddRange(names);
    }

    /// <summary>Lets <paramref name="write"/> make a file; everything that writes files in Candeia does so whole or not at all.</summary>
    public void Write(string name, Action<string> write)
    {
        write(System.IO.Path.Combine(Path, name));
        _written.Add(name);
    }
}
