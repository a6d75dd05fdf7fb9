using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Candeia.Compare;

/// <summary>What ops took, as a table.</summary>
static partial class OpPage
{
    const int Places = 3;
    static readonly string[] s_sizes = ["small", "middle", "large"];

    /// <summary>A line for each op and layout, its shapes from small to large: our time, and by how much we are faster.</summary>
    /// <param name="rows">What was measured.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="before">A page whose lines stay for ops that were not measured now; none, if nothing is to stay.</param>
    public static string Table(IReadOnlyList<OpComparison.Row> rows, int rounds, string before = "")
    {
        var lines = before.Split('\n').Select(l => (Key: Key().Match(l), Line: l)).Where(l => l.Key.Success).ToDictionary(l => l.Key.Value, l => l.Line);
        foreach (var row in rows.GroupBy(r => (r.Op, r.Columns)))
        {
            string key = $"| {row.Key.Op.Name} | {(row.Key.Columns ? "columns" : "rows")} |";
            lines[key] = $"{key} {string.Join(" | ", row.Select(Cell).Concat(Enumerable.Repeat("", Places)).Take(Places))} |";
        }
        string[] all = [.. OpCase.All.SelectMany(op => (string[])["rows", "columns"], (op, layout) => lines.GetValueOrDefault($"| {op.Name} | {layout} |")).OfType<string>()];
        var text = new StringBuilder(Page.Heading(rounds));
        (int Size, double Ratio)[] ratios = [.. all.SelectMany(line => line.Split(" | ").Skip(2).Select((cell, size) => (size, Cell: RatioOf().Match(cell)))
            .Where(c => c.Cell.Success).Select(c => (c.size, double.Parse(c.Cell.Groups[1].Value, CultureInfo.InvariantCulture))))];
        if (ratios.Length > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"\nGeometric mean of the ratios: **{Geometric(ratios.Select(r => r.Ratio)):F2}×** ({string.Join("; ", ratios.GroupBy(r => r.Size).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{s_sizes[g.Key]} {Geometric(g.Select(r => r.Ratio)):F2}×")))}); {ratios.Count(r => r.Ratio < 0.8)} of {ratios.Length} are below 0.8×.");
        text.AppendLine("\n| op | layout | small | middle | large |\n|---|---|---|---|---|");
        foreach (string line in all) text.AppendLine(line);
        return text.ToString();
    }

    static string Cell(OpComparison.Row row)
    {
        string usual = row.Op.Shapes is ["25x40", ..] ? "" : $"{row.Shape.Replace('x', '×')}: ";
        return string.Create(CultureInfo.InvariantCulture, $"{usual}{Page.Ms(row.Ms[0])} ms{(row.Ratio is not { } r ? "" : r < 0.8 ? $", {r:F2}×" : $", **{r:F2}×**")}");
    }

    static double Geometric(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));

    [GeneratedRegex(@"^\| [^|]+ \| (rows|columns) \|")]
    private static partial Regex Key();

    [GeneratedRegex(@"ms, \**(\d+\.\d\d)×")]
    private static partial Regex RatioOf();
}
