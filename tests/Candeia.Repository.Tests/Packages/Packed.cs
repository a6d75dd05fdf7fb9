using System.IO.Compression;
using System.Xml.Linq;

namespace Candeia.Repository.Tests;

/// <summary>The packages of the solution, as they were built for these tests, under a version of their own; packed once for all tests that are of this collection.</summary>
[CollectionDefinition(nameof(Packed))]
public sealed class Packed : ICollectionFixture<Packed>, IDisposable
{
    readonly TemporaryFolder _folder = new();

    public Packed()
    {
        Version = $"0.0.0-test{Environment.ProcessId}x{Environment.TickCount64}";
        var (code, output, error) = Checkout.Run(Checkout.Root, Checkout.Dotnet, "pack", "Candeia.slnx", "--no-build", "-c", Checkout.Configuration, "-o", _folder.Path,
            $"-p:Version={Version}", "-v", "q", "--nologo", "--disable-build-servers");
        Assert.True(code == 0, output + error);
    }

    public string Folder => _folder.Path;

    /// <summary>No other package has it, so none can be taken for one of these.</summary>
    public string Version { get; }

    /// <summary>The names of files with this ending, without version and ending.</summary>
    public IEnumerable<string> Names(string ending) =>
        Directory.EnumerateFiles(Folder, $"*.{ending}").Select(f => Path.GetFileName(f)[..^(Version.Length + ending.Length + 2)]).Order(StringComparer.Ordinal);

    public ZipArchive Open(string name) => ZipFile.OpenRead(Path.Combine(Folder, $"{name}.{Version}.nupkg"));

    public XElement Metadata(string name)
    {
        using var archive = Open(name);
        using var nuspec = archive.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().First();
    }

    /// <summary>Removes what restoring has put beside the user's other packages.</summary>
    public void Dispose()
    {
        string packages = Checkout.Run(Checkout.Root, Checkout.Dotnet, "nuget", "locals", "global-packages", "--list").Output.Split(": ", 2)[^1].Trim();
        foreach (string name in Names("nupkg").Select(n => n.ToLowerInvariant()))
            if (Path.Combine(packages, name, Version) is var restored && Directory.Exists(restored)) Directory.Delete(restored, recursive: true);
        _folder.Dispose();
    }
}
