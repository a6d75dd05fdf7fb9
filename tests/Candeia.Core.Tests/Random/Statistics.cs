namespace Candeia.Tests;

/// <summary>Goodness of fit at a level so strict that a right generator with a fixed seed passes for good, and a wrong one hardly ever.</summary>
static class Statistics
{
    /// <summary>Kolmogorov and Smirnov: the greatest distance from the distribution function, at level 10⁻⁴.</summary>
    public static void AssertFollows(double[] values, Func<double, double> distribution)
    {
        Array.Sort(values);
        double n = values.Length, distance = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double f = distribution(values[i]);
            distance = Math.Max(distance, Math.Max(f - i / n, (i + 1) / n - f));
        }
        Assert.InRange(distance * Math.Sqrt(n), 0, 2.23);
    }

    public static void AssertUniform(double[] values) => AssertFollows(values, x => Math.Clamp(x, 0, 1));

    /// <summary>Pearson's test at 4.5 standard deviations of the statistic.</summary>
    public static void AssertChiSquare(int[] counts, double[] expected)
    {
        double statistic = counts.Zip(expected, (o, e) => (o - e) * (o - e) / e).Sum(), freedom = counts.Length - 1;
        Assert.InRange(statistic, Math.Max(0, freedom - 4.5 * Math.Sqrt(2 * freedom)), freedom + 4.5 * Math.Sqrt(2 * freedom) + 10);
    }

    public static void AssertMoments(double[] values, double mean, double variance)
    {
        double m = values.Average(), v = values.Average(x => (x - m) * (x - m));
        Assert.InRange(m, mean - 4.5 * Math.Sqrt(variance / values.Length), mean + 4.5 * Math.Sqrt(variance / values.Length));
        Assert.InRange(v / variance, 0.97, 1.03);
    }
}
