using System.Globalization;
using System.Text;

namespace Candeia.Compare;

/// <summary>What ops took, as a table.</summary>
static class OpPage
{
    const int Places = 3;
    static readonly string[] s_sizes = ["thousands", "up to millions", "more"];

    /// <summary>A line for each op and layout, its shapes from small to large: our time, and by how much we are faster.</summary>
    public static string Table(IReadOnlyList<OpComparison.Row> rows, int rounds)
    {
        var text = new StringBuilder(Page.Heading(rounds));
        double[] ratios = [.. rows.Select(r => r.Ratio).OfType<double>()];
        if (ratios.Length > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"\nGeometric mean of the ratios: **{Geometric(ratios):F2}×** ({string.Join("; ", Sizes(rows))}); {ratios.Count(r => r < 0.8)} of {ratios.Length} are below 0.8×.");
        text.AppendLine("\n| op | layout | small | middle | large |\n|---|---|---|---|---|");
        foreach (var line in rows.GroupBy(r => (r.Op, r.Columns)))
        {
            string[] cells = [.. line.Select(Cell), .. Enumerable.Repeat("", Places)];
            text.AppendLine($"| {line.Key.Op.Name} | {(line.Key.Columns ? "columns" : "rows")} | {string.Join(" | ", cells.Take(Places))} |");
        }
        return text.ToString();
    }

    static string Cell(OpComparison.Row row)
    {
        string usual = row.Op.Shapes is ["25x40", ..] ? "" : $"{row.Shape.Replace('x', '×')}: ";
        return string.Create(CultureInfo.InvariantCulture, $"{usual}{Page.Ms(row.Ms[0])} ms{(row.Ratio is not { } r ? "" : r < 0.8 ? $", {r:F2}×" : $", **{r:F2}×**")}");
    }

    static IEnumerable<string> Sizes(IReadOnlyList<OpComparison.Row> rows) =>
        from row in rows
        group row by Math.Min(2, (int)Math.Log10(OpComparison.Elements(row.Shape) / 200) / 2) into size
        orderby size.Key
        select string.Create(CultureInfo.InvariantCulture, $"{s_sizes[size.Key]} {Geometric([.. size.Select(r => r.Ratio!.Value)]):F2}×");

    static double Geometric(double[] ratios) => Math.Exp(ratios.Average(Math.Log));
}
