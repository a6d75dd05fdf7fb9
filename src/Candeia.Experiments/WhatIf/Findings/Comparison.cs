namespace Candeia.Experiments;

/// <summary>How far the test errors of two trainings are apart, and whether that can be luck.</summary>
/// <param name="Ratio">The second error divided by the first.</param>
/// <param name="IsLuck">Whether another seed, or other test items, could well make the same difference.</param>
readonly record struct Comparison(double Ratio, bool IsLuck)
{
    /// <summary>No training is trusted to be more reproducible than this.</summary>
    public const double LeastLuck = 0.03;

    // Chance goes beyond these in one case of twenty: Student's t for the few seeds of Plan.Seeds, and for the many test items.
    const double OfSeeds = 2.78, OfItems = 1.96;

    /// <summary>Compares two outcomes on the same test items.</summary>
    /// <param name="first">What is compared with.</param>
    /// <param name="second">What is compared.</param>
    /// <param name="luck">The standard deviation of the logarithm of the error from seed to seed.</param>
    public static Comparison Of(Outcome first, Outcome second, double luck)
    {
        double a = first.Error, b = second.Error;
        if (!double.IsFinite(a) || !double.IsFinite(b)) return new(b / a, IsLuck: false);
        if (a == b) return new(1, IsLuck: true);
        double seeds = OfSeeds * Math.Sqrt(2) * Math.Max(luck, LeastLuck), items = OfItems * Sampling(first, second);
        return new(b / a, Math.Abs(Math.Log(Least(second) / Least(first))) < Math.Sqrt(seeds * seeds + items * items));
    }

    /// <summary>The spread of some errors: the standard deviation of their logarithms; infinite where one of the trainings lost its way.</summary>
    public static double SpreadOf(IReadOnlyList<double> errors)
    {
        if (errors.Any(e => !double.IsFinite(e))) return double.PositiveInfinity;
        double[] logs = [.. errors.Where(e => e > 0).Select(e => Math.Log(e))];
        if (logs.Length < 2) return LeastLuck;
        double mean = logs.Average();
        return Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Length - 1));
    }

    // The standard error of the logarithm of the ratio, item by item.
    static double Sampling(Outcome first, Outcome second)
    {
        int n = first.Errors.Length;
        if (n != second.Errors.Length || n < 2) return 0;
        double a = Least(first), b = Least(second);
        double[] differences = [.. first.Errors.Zip(second.Errors, (x, y) => y / b - x / a)];
        double mean = differences.Average();
        return Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (n - 1) / n);
    }

    // Who has made no mistake among n items may still make half a one: that is not infinitely better.
    static double Least(Outcome outcome) => outcome.Trial.Problem == Problem.Correlation ? outcome.Error : Math.Max(outcome.Error, 0.5 / outcome.Errors.Length);
}
