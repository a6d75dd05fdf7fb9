using System.Globalization;
using System.Text.RegularExpressions;
using Candeia.Experiments;

namespace Candeia.Compare;

/// <summary>The table in docs/performance.md of what was asked for beside what was measured, whose columns of AVX-512 come from the tables above it.</summary>
static partial class Goals
{
    const int Measured = 3, BesideOnnxRuntime = 5;                           // cells of a line

    /// <summary>Renews the lines of networks that have a table, where that says AVX-512.</summary>
    public static void Write()
    {
        string path = Path.Combine(Program.Root, "docs", "performance.md"), page = File.ReadAllText(path);
        string[] parts = page.Split("\n### ");
        var tables = parts.Skip(1).ToDictionary(part => part[..part.IndexOf('\n', StringComparison.Ordinal)], part => part.Split("\n## ")[0]);
        int begin = page.IndexOf("\n## Goals", StringComparison.Ordinal), end = begin < 0 ? -1 : page.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        if (end < 0) throw new InvalidOperationException($"'{path}' lacks the part '## Goals' or another one behind it; put them in.");
        WholeFile.Write(path, page[..begin] + string.Join('\n', page[begin..end].Split('\n').Select(line => Renewed(line, tables))) + page[end..]);
    }

    static string Renewed(string line, Dictionary<string, string> tables)
    {
        string[] cells = line.Split('|');
        if (cells.Length < 8 || !tables.TryGetValue(cells[1].Trim(), out string? table) || !table.Contains("(AVX-512)", StringComparison.Ordinal)) return line;
        var rivals = Lines(table, "libtorch");
        cells[Measured] = $" {Least(rivals, 4)} / {Least(rivals, 6)} ";
        cells[BesideOnnxRuntime] = $" {Least(Lines(table, "ONNX Runtime"), 6)} ";
        return string.Join('|', cells);
    }

    static string[][] Lines(string table, string who) =>
        [.. table.Split('\n').Where(l => l.StartsWith($"| {who}", StringComparison.Ordinal)).Select(l => l.Split('|'))];

    /// <summary>The ratio to the best line of a rival; nothing where there is none.</summary>
    static string Least(string[][] lines, int cell)
    {
        double[] ratios = [.. lines.Select(l => Ratio().Match(l[cell])).Where(m => m.Success).Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        return ratios.Length == 0 ? "" : $"{ratios.Min().ToString(ratios.Min() < 10 ? "F2" : "F1", CultureInfo.InvariantCulture)}×";
    }

    [GeneratedRegex(@"\*\*(\d+(?:\.\d+)?)×\*\*")]
    private static partial Regex Ratio();
}
