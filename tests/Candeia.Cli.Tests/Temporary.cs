namespace Candeia.Cli.Tests;

/// <summary>An empty folder that is gone after the test.</summary>
sealed class Temporary : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("candeia tests ").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public IEnumerable<string> Files =>
        Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Path, f));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
