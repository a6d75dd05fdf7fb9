namespace Candeia.Charts;

/// <summary>Values from <paramref name="From"/> up to, not including, <paramref name="To"/>.</summary>
internal readonly record struct Class(double From, double To, int Count);

/// <summary>Classes of equal width whose bounds are round numbers.</summary>
internal static class Classes
{
    public static IReadOnlyList<Class> Of(IReadOnlyList<double> values, int? about)
    {
        double[] sorted = [.. values.Where(Scale.Drawable).Order()];
        if (sorted.Length == 0) return [];
        double low = sorted[0], high = sorted[^1];
        if (high - low <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9 || high - low < 1e-290) return [Alone(low, sorted.Length)];
        // Freedman and Diaconis (1981): twice the distance between the quartiles, over the cube root of the number.
        double width = 2 * (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / Math.Cbrt(sorted.Length);
        double wanted = about ?? (width > 0 ? (high - low) / width : 20);
        var ticks = LinearTicks.Between(low, high, (int)Math.Clamp(wanted, 4, 100));
        double step = ticks[1].Value - ticks[0].Value;
        // The ticks are inside: one class more at either end takes what is outside.
        double[] bounds = [ticks[0].Value - step, .. ticks.Select(t => t.Value), ticks[^1].Value + step];
        var counts = new int[bounds.Length - 1];
        foreach (double v in sorted)
        {
            int found = Array.BinarySearch(bounds, v);
            counts[Math.Clamp(found >= 0 ? found : ~found - 1, 0, counts.Length - 1)]++;
        }
        // The highest value belongs to the last class that has any, when it is its upper bound.
        if (counts[^1] > 0 && high == bounds[^2]) (counts[^2], counts[^1]) = (counts[^2] + counts[^1], 0);
        int first = counts[0] == 0 ? 1 : 0, last = counts[^1] == 0 ? counts.Length - 1 : counts.Length;
        return [.. Enumerable.Range(first, last - first).Select(i => new Class(bounds[i], bounds[i + 1], counts[i]))];
    }

    static Class Alone(double value, int count)
    {
        double half = value == 0 ? 0.5 : Math.Abs(value) * 0.05;
        return new(value - half, value + half, count);
    }
}
