using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Repository.Tests;

/// <summary>The README says of networks what was measured, and nothing else.</summary>
public sealed partial class ReadmeFigureTests
{
    // Rows of the README, and the tables of docs/performance.md that they are taken from.
    static readonly Dictionary<string, string> s_rows = new()
    {
        ["the tutorial's network, 64 pictures"] = "Correlation network, 64 images of 130×130", ["a small MLP"] = "MLP 64→64→10, batch 32", ["a wide MLP"] = "MLP 16900→128→256→1, batch 64",
        ["ResNet-18, 32×32"] = "ResNet-18 for 32×32, 32 images", ["a transformer encoder"] = "Transformer encoder, 2 layers of 128, 32 texts of 64 words",
        ["ResNet-50, 224×224"] = "ResNet-50, 8 images of 224×224 (prediction: 1)",
    };

    [Fact]
    public void Its_ratios_and_megabytes_are_those_of_the_page_of_performance()
    {
        string readme = Checkout.Read("README.md");
        string[] tables = Checkout.Read("docs", "performance.md").Split("\n### ");
        string[][] rows = [.. Line().Matches(readme).Select(m => m.Value.Split('|', StringSplitOptions.TrimEntries)[1..^1]).Where(r => r.Length == 4 && r[1].Contains('×', StringComparison.Ordinal) && s_rows.ContainsKey(r[0]))];
        Assert.Equal(s_rows.Keys.Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        foreach (string[] row in rows)
        {
            string[] table = Assert.Single(tables, t => t.StartsWith(s_rows[row[0]] + '\n', StringComparison.Ordinal)).Split('\n');
            string[] ours = Cells(table, "Candeia"), theirs = Cells(table, "libtorch, channels_last, malloc tuned") is { Length: > 0 } tuned ? tuned : Cells(table, "libtorch, malloc tuned");
            Assert.Equal(Said(theirs[4]), Number(row[1]));
            Assert.Equal(Said(theirs[6]), Number(row[2]));
            if (row[3].Length == 0) continue;
            Assert.Equal($"{ours[7]} MiB; libtorch {int.Parse(theirs[7], CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ')}", row[3]);
        }
    }

    static string[] Cells(string[] table, string who) =>
        Array.Find(table, line => line.StartsWith($"| {who} |", StringComparison.Ordinal))?.Split('|', StringSplitOptions.TrimEntries) ?? [];

    // Two digits, as the README gives them.
    static double Said(string cell) => double.Parse(Number(cell).ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    static double Number(string cell) => double.Parse(Digits().Match(cell).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\|.*\|$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Digits();
}
