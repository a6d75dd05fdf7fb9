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
    const string Gap = "  ";

    /// <summary>How many products all matrix products and convolutions sum up for this input, those outside of layers included.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>How much memory the results of all rows take for this input.</summary>
    public long ResultBytes { get; init; }

    /// <summary>How many numbers the parameters have.</summary>
    public long Parameters => Rows.Sum(r => r.Parameters);

    /// <summary>How many of them are trained.</summary>
    public long Trained => Rows.Sum(r => r.Trained);

    /// <summary>The table as text.</summary>
    public override string ToString() => ToString(int.MaxValue);

    /// <summary>The table as text for a window: what does not fit is left out, types first, then products, then the shapes of results.</summary>
    /// <param name="columns">How many letters a line of the table may have.</param>
    public string ToString(int columns)
    {
        string[][] cells =
        [
            ["layer", "type", "output", "parameters", "multiply-adds"],
            .. Rows.Select(r => new[]
            {
                r.Path, r.Module, $"{r.Output}", Count(r.Parameters) + (r.Trained < r.Parameters ? " frozen" : ""), Short(r.MultiplyAdds),
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, 5).Select(c => cells.Max(row => row[c].Length))];
        List<int> shown = [0, 1, 2, 3, 4];
        foreach (int least in (int[])[1, 4, 2])
            if (Width() > columns) shown.Remove(least);
        int Width() => shown.Sum(c => widths[c] + Gap.Length) - Gap.Length;
        string Cell(string[] row, int c) => c < 3 ? row[c].PadRight(widths[c]) : row[c].PadLeft(widths[c]);
        string rule = new('─', Width());
        var text = new StringBuilder().Append(Model).Append(": ").Append(Input).Append(" → ").Append(Output).Append('\n').Append(rule).Append('\n');
        for (int i = 0; i < cells.Length; i++)
        {
            text.AppendJoin(Gap, shown.Select(c => Cell(cells[i], c))).Append('\n');
            if (i == 0) text.Append(rule).Append('\n');
        }
        string trained = Trained == Parameters ? "" : $", {Number(Trained)} of them trained";
        text.Append(rule).Append('\n').Append(CultureInfo.InvariantCulture, $"{Number(Parameters)} parameters{trained}, {Memory(Bytes)}\n");
        return text.Append(CultureInfo.InvariantCulture, $"{(MultiplyAdds == 0 ? "no" : Short(MultiplyAdds))} multiply-adds for this input, {Memory(ResultBytes)} of layers' results").ToString();
    }

    static string Memory(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MiB");

    static string Count(long n) => n == 0 ? "" : Number(n);

    /// <summary>To three digits, with a unit: <c>71.7 M</c>.</summary>
    static string Short(long n)
    {
        if (n < 1000) return n == 0 ? "" : Number(n);
        int power = Math.Min(4, (int)Math.Floor(Math.Log10(n * 1.0005) / 3));
        double value = n / Math.Pow(1000, power);
        return value.ToString(value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + " kMGT"[power];
    }

    static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
