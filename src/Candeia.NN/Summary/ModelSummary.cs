using System.Globalization;
using System.Text;

namespace Candeia.NN;

/// <summary>What a model consists of, as a table.</summary>
/// <param name="Model">The model's type.</param>
/// <param name="Input">The shape of the input.</param>
/// <param name="Output">The shape of the result.</param>
/// <param name="Rows">The modules that have parameters or no modules in them, in the order of the state dict. Functions between them do not
/// appear.</param>
/// <param name="Bytes">How much memory parameters and buffers take.</param>
public sealed record ModelSummary(string Model, Shape Input, Shape Output, IReadOnlyList<SummaryRow> Rows, long Bytes)
{
    /// <summary>How many numbers the parameters have.</summary>
    public long Parameters => Rows.Sum(r => r.Parameters);

    /// <summary>How many of them are trained.</summary>
    public long Trained => Rows.Sum(r => r.Trained);

    /// <summary>The table as text.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            ["layer", "type", "output", "parameters"],
            .. Rows.Select(r => new[] { r.Path, r.Module, $"{r.Output}", r.Parameters == 0 ? "" : Number(r.Parameters) + (r.Trained < r.Parameters ? " frozen" : "") }),
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(c => cells.Max(row => row[c].Length))];
        string rule = new('─', widths.Sum() + 6);
        var text = new StringBuilder().Append(Model).Append(": ").Append(Input).Append(" → ").Append(Output).Append('\n').Append(rule).Append('\n');
        for (int i = 0; i < cells.Length; i++)
        {
            string[] row = cells[i];
            for (int c = 0; c < 3; c++) text.Append(row[c].PadRight(widths[c])).Append("  ");
            text.Append(row[3].PadLeft(widths[3])).Append('\n');
            if (i == 0) text.Append(rule).Append('\n');
        }
        string trained = Trained == Parameters ? "" : $", {Number(Trained)} of them trained";
        string memory = Bytes < 1 << 20 ? $"{Bytes / 1024.0:0.0} KiB" : $"{Bytes / (1024.0 * 1024):0.0} MiB";
        return text.Append(rule).Append('\n').Append(CultureInfo.InvariantCulture, $"{Number(Parameters)} parameters{trained}, {memory}").ToString();
    }

    static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
