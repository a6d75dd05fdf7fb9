using System.Text;

namespace Candeia.Training;

/// <summary>What a live line says of a pass over data, from the most to the least important: counts, phase, loss, what is left, bar, rate.</summary>
/// <param name="Phase">What passes.</param>
/// <param name="Share">How much of it has; null where nobody knows.</param>
/// <param name="Counts">Batches.</param>
/// <param name="Loss">The mean so far, with the space before it.</param>
/// <param name="Rate">How fast it goes, with the space before it.</param>
/// <param name="Left">How long it takes still, with the space before it.</param>
internal readonly record struct ProgressBar(string Phase, double? Share, string Counts, string Loss, string Rate, string Left)
{
    const int Widest = 24, Narrowest = 8, Gap = 2, Utf8 = 65001, Utf16 = 1200;

    /// <summary>
    /// The line in a number of columns: first the bar becomes shorter, then the rate is left out, then the bar, then what is left, then the end is
    /// cut.
    /// </summary>
    public (string Text, int Columns) Fit(int columns, Encoding encoding, ProgressColors colors)
    {
        string said = $"{Phase}  {Counts}{Loss}";
        if (said.Length > columns) return (said[..Math.Max(0, columns)], Math.Max(0, columns));
        string left = said.Length + Left.Length <= columns ? Left : "";
        int room = columns - said.Length - left.Length - Gap;
        bool hasBar = Share is not null && room >= Narrowest;
        if (!hasBar) room += Gap;
        string rate = room - (hasBar ? Narrowest : 0) >= Rate.Length ? Rate : "";
        string faint = colors.Paint(rate + left, colors.Faint);
        if (!hasBar) return (said + faint, said.Length + rate.Length + left.Length);
        int bar = Math.Min(Widest, room - rate.Length), done = (int)(Share!.Value * bar);
        var (full, empty) = encoding.CodePage is Utf8 or Utf16 ? ('━', '┄') : ('=', '-');
        string drawn = colors.Paint(new string(full, done), colors.Bar) + colors.Paint(new string(empty, bar - done), colors.Rest);
        return ($"{Phase}  {drawn}  {Counts}{Loss}{faint}", said.Length + Gap + bar + rate.Length + left.Length);
    }
}
