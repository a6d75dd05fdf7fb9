using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The names of tests are sentences.</summary>
public sealed partial class TestNameTests
{
    [Fact]
    public void Words_are_joined_by_underscores()
    {
        string folder = Path.Combine(Documents.Root, "tests");
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => !f.Split('/', '\\').Any(p => p is "obj" or "bin")).ToArray();
        string[] names = [.. sources.SelectMany(f => Test().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value))];
        Assert.True(names.Length > 500, $"{names.Length} tests were found.");
        Assert.DoesNotContain(names, n => !n.Contains('_', StringComparison.Ordinal) && n.Skip(1).Any(char.IsUpper));
    }

    [GeneratedRegex(@"\[(?:Skippable)?(?:Fact|Theory)\b[^\n]*\n(?:\s*(?:\[|//)[^\n]*\n)*\s*public (?:static |async |unsafe )*(?:void|Task) (?<name>\w+)\(")]
    private static partial Regex Test();
}
