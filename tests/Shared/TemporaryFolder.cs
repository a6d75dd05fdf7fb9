namespace Candeia.Tests;

/// <summary>An empty folder, with a blank in its name, that is gone after the test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("candeia tests ").FullName;

    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Everything in it, named from here.</summary>
    public IEnumerable<string> Files =>
        Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Path, f));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
