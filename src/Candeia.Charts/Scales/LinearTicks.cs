namespace Candeia.Charts;

/// <summary>Round numbers at equal distances: steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    /// <summary>The round numbers in an interval, by the smallest step that fits no more than <paramref name="count"/> times.</summary>
    public static IReadOnlyList<Tick> Between(double low, double high, int count, bool integers = false)
    {
        var (step10, exponent) = Step((high - low) / Math.Max(1, count), integers);   // step = step10 · 10^exponent
        double step = Numbers.Decimal(step10, exponent);
        long first = (long)Math.Ceiling(low / step - 1e-9), last = (long)Math.Floor(high / step + 1e-9);
        double[] values = [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Numbers.Decimal((first + i) * step10, exponent))];
        var label = Labels(values, exponent + (step10 % 10 == 0 ? 1 : 0));
        return [.. values.Select(v => new Tick(v, label(v)))];
    }

    static (int Step10, int Exponent) Step(double atLeast, bool integers)
    {
        int exponent = (int)Math.Floor(Math.Log10(atLeast)) - 1;
        if (integers && atLeast <= 1) return (10, -1);
        while (true)
        {
            foreach (int step10 in (ReadOnlySpan<int>)[10, 20, 25, 50])
            {
                if (integers && step10 == 25 && exponent < 0) continue;
                if (Numbers.Decimal(step10, exponent) >= atLeast * (1 - 1e-9)) return (step10, exponent);
            }
            exponent++;
        }
    }

    // One form for all ticks of an axis.
    static Func<double, string> Labels(double[] values, int exponent)
    {
        double largest = values.Length == 0 ? 0 : values.Max(Math.Abs);
        int magnitude = largest == 0 ? 0 : (int)Math.Floor(Math.Log10(largest) + 1e-9);
        if (magnitude >= 6 && magnitude < 15 && magnitude / 3 * 3 - exponent <= 3)
        {
            int thousands = magnitude / 3 * 3;
            string prefix = "\u202F" + "kMGT"[thousands / 3 - 1];
            return v => v == 0 ? "0" : Numbers.Fixed(v / Math.Pow(10, thousands), Math.Max(0, thousands - exponent)) + prefix;
        }
        if (magnitude is < -4 or >= 15 && magnitude - exponent <= 6)
        {
            double unit = Numbers.Decimal(1, -magnitude);
            return v => v == 0 ? "0" : Numbers.Fixed(unit * v, Math.Max(0, magnitude - exponent)) + "×" + Numbers.Power(magnitude);
        }
        return v => Numbers.Fixed(v, Math.Max(0, -exponent));
    }
}
