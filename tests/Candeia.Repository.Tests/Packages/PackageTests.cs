using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Candeia.Repository.Tests;

[Collection(nameof(Packed))]
public class PackageTests(Packed packed)
{
    // The tool has a name of its own, and its experiments within.
    static IEnumerable<string> Libraries =>
        Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "src")).Select(f => Path.GetFileName(f)).Where(n => n is not ("Candeia.Cli" or "Candeia.Experiments"));

    [Fact]
    public void Every_project_of_src_is_a_package_and_so_are_the_templates()
    {
        Assert.Equal(Libraries.Append("Candeia.Tool").Append("Candeia.Templates").Order(StringComparer.Ordinal), packed.Names("nupkg"));
        Assert.Distinct(packed.Names("nupkg"), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(packed.Names("nupkg").Where(n => n is not ("Candeia" or "Candeia.Templates")), packed.Names("snupkg"));
    }

    [Fact]
    public void Each_says_what_it_is_and_where_it_comes_from()
    {
        List<string> descriptions = [];
        foreach (string name in packed.Names("nupkg"))
        {
            var metadata = packed.Metadata(name);
            string? Value(string element) => metadata.Element(metadata.Name.Namespace + element)?.Value;
            Assert.Equal(name, Value("id"));
            Assert.Equal("README.md", Value("readme"));
            Assert.Equal("icon.png", Value("icon"));
            Assert.Equal("MIT", Value("license"));
            Assert.EndsWith(".", Value("description"), StringComparison.Ordinal);
            descriptions.Add(Value("description")!);
            if (Path.Exists(Path.Combine(Checkout.Root, ".git")))
            {
                var repository = metadata.Element(metadata.Name.Namespace + "repository")!;
                Assert.Equal("git", (string?)repository.Attribute("type"));
                Assert.Matches("^[0-9a-f]{40}$", (string?)repository.Attribute("commit"));
            }
            using var archive = packed.Open(name);
            Assert.All((string[])["README.md", "icon.png"], file => Assert.NotNull(archive.GetEntry(file)));
        }
        Assert.Distinct(descriptions);
    }

    [Fact]
    public void The_tool_is_a_tool_and_the_libraries_are_none()
    {
        foreach (string name in packed.Names("nupkg"))
            Assert.Equal(name == "Candeia.Tool", packed.Metadata(name).ToString().Contains("DotnetTool", StringComparison.Ordinal));
        using var archive = packed.Open("Candeia.Tool");
        using var settings = new StreamReader(archive.Entries.Single(e => e.Name == "DotnetToolSettings.xml").Open());
        Assert.Contains("Command Name=\"candeia\"", settings.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_bring_their_documentation_and_are_deterministic()
    {
        foreach (string name in Libraries.Where(n => n != "Candeia"))
        {
            using var archive = packed.Open(name);
            Assert.NotNull(archive.GetEntry($"lib/net10.0/{name}.xml"));
            using var stream = new MemoryStream();
            using (var library = archive.GetEntry($"lib/net10.0/{name}.dll")!.Open()) library.CopyTo(stream);
            stream.Position = 0;
            using var reader = new PEReader(stream);
            Assert.Contains(reader.ReadDebugDirectory(), e => e.Type == DebugDirectoryEntryType.Reproducible);
        }
    }
}
