using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Candeia.Repository.Tests;

/// <summary>Every package that is used stands in the readme, with its version, what it is for and its licence.</summary>
public partial class DependencyTests
{
    [Fact]
    public void The_readme_knows_each_with_version_reason_and_licence()
    {
        var used = XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(p => ((string)p.Attribute("Include")!, (string)p.Attribute("Version")!)).Order();
        var rows = Row().Matches(Checkout.Read("README.md"));
        Assert.Equal(used, rows.Select(r => (r.Groups[1].Value, r.Groups[2].Value)).Order());
        Assert.All(rows, r => Assert.True(r.Groups[3].Value.Split(' ').Length >= 3 && Regex.IsMatch(r.Groups[4].Value, @"^[A-Za-z0-9.-]+( OR [A-Za-z0-9.-]+)?$"), r.Value));
    }

    [Fact]
    public void No_project_has_a_version_of_its_own()
    {
        Assert.All(Projects(), text => Assert.DoesNotMatch("<PackageReference[^>]* Version(Override)?=", text));
    }

    [Fact]
    public void None_is_listed_that_no_project_uses()
    {
        string projects = string.Concat(Projects());
        foreach (var package in XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion"))
            Assert.Contains($"<PackageReference Include=\"{(string)package.Attribute("Include")!}\"", projects, StringComparison.Ordinal);
    }

    static IEnumerable<string> Projects() =>
        from folder in (string[])["src", "tests", "bench"]
        from file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.*proj", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "Directory.Build.props"))
        select File.ReadAllText(file);

    // | System.Numerics.Tensors | 11.0.0 | for what | MIT |
    [GeneratedRegex(@"^\| ([A-Za-z0-9.-]+) \| (\d+\.\d+[^ |]*) \| ([^|]+) \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
