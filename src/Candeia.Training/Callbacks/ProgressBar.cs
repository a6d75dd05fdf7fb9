using System.Text;

namespace Candeia.Training;

/// <summary>What a live line says of a pass over data, from the most to the least important: counts, phase, loss, bar, rate.</summary>
/// <param name="Phase">What passes.</param>
/// <param name="Share">How much of it has; null where nobody knows.</param>
/// <param name="Counts">Batches.</param>
/// <param name="Loss">The mean so far, with the space before it.</param>
/// <param name="Rate">How fast it goes and what is left, with the space before it.</param>
internal readonly record struct ProgressBar(string Phase, double? Share, string Counts, string Loss, string Rate)
{
    const int Widest = 24, Narrowest = 8, Utf8 = 65001, Utf16 = 1200;

    /// <summary>The line in a number of columns: first the rate is left out, then the bar becomes shorter and goes, then the end is cut.</summary>
    public (string Text, int Columns) Fit(int columns, Encoding encoding, ProgressColors colors)
    {
        string said = $"{Phase}  {Counts}{Loss}";
        int room = columns - said.Length - 2;
        if (Share is not { } share || room < Narrowest)
            return said.Length + Rate.Length <= columns && Share is null
                ? (said + colors.Paint(Rate, colors.Faint), said.Length + Rate.Length)
                : (said.Length <= columns ? said : said[..Math.Max(0, columns)], Math.Max(0, Math.Min(columns, said.Length)));
        string rate = room - Rate.Length >= Widest ? Rate : "";
        int bar = Math.Min(Widest, room), done = (int)(share * bar);
        var (full, empty) = encoding.CodePage is Utf8 or Utf16 ? ('━', '┄') : ('=', '-');
        return ($"{Phase}  {colors.Paint(new string(full, done), colors.Bar)}{colors.Paint(new string(empty, bar - done), colors.Rest)}  {Counts}{Loss}"
            + colors.Paint(rate, colors.Faint), said.Length + 2 + bar + rate.Length);
    }
}
