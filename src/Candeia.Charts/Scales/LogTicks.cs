namespace Candeia.Charts;

/// <summary>Powers of ten; their multiples by 2 and 5 where there are few of them.</summary>
internal static class LogTicks
{
    /// <summary>At most about <paramref name="count"/> ticks between two numbers above zero.</summary>
    public static IReadOnlyList<Tick> Between(double low, double high, int count)
    {
        count = Math.Max(1, count);
        int first = (int)Math.Ceiling(Math.Log10(low) - 1e-9), last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        if (last - first >= 2 || last - first >= count)
        {
            int every = Math.Max(1, (last - first + count - 1) / count);
            return Labelled([.. Enumerable.Range(first, last - first + 1).Where(e => e % every == 0).Select(e => (1, e))]);
        }
        (int, int)[] fine = [.. Multiples(low, high, [1, 2, 5])];
        if (fine.Length > count + 1) fine = [.. Multiples(low, high, [1, 3])];
        return fine.Length >= 3 ? Labelled(fine) : LinearTicks.Between(low, high, count);
    }

    /// <summary>The multiples 2 … 9 of powers of ten, for lines without labels; none over many decades.</summary>
    public static IReadOnlyList<double> Minor(double low, double high) =>
        Math.Log10(high / low) > 6 ? [] : [.. Multiples(low, high, [2, 3, 4, 5, 6, 7, 8, 9]).Select(t => Numbers.Decimal(t.Item1, t.Item2))];

    static IEnumerable<(int, int)> Multiples(double low, double high, int[] of)
    {
        for (int e = (int)Math.Floor(Math.Log10(low)); e <= Math.Ceiling(Math.Log10(high)); e++)
            foreach (int m in of)
                if (Numbers.Decimal(m, e) >= low * (1 - 1e-9) && Numbers.Decimal(m, e) <= high * (1 + 1e-9)) yield return (m, e);
    }

    static IReadOnlyList<Tick> Labelled((int Mantissa, int Exponent)[] ticks)
    {
        bool plain = ticks.All(t => t.Exponent is >= -4 and <= 5);
        return [.. ticks.Select(t => new Tick(Numbers.Decimal(t.Mantissa, t.Exponent),
            plain ? Numbers.Fixed(Numbers.Decimal(t.Mantissa, t.Exponent), Math.Max(0, -t.Exponent))
            : t.Mantissa == 1 ? Numbers.Power(t.Exponent) : t.Mantissa + "×" + Numbers.Power(t.Exponent)))];
    }
}
