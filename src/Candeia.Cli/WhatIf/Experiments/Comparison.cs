namespace Candeia.Cli;

/// <summary>How far the test errors of two trainings are apart, and whether that can be luck.</summary>
/// <param name="Ratio">The second error divided by the first.</param>
/// <param name="IsLuck">Whether another seed, or other test items, could well make the same difference.</param>
readonly record struct Comparison(double Ratio, bool IsLuck)
{
    /// <summary>No training is trusted to be more reproducible than this.</summary>
    public const double LeastLuck = 0.03;

    const double Sigmas = 2;

    /// <summary>Compares two outcomes on the same test items.</summary>
    /// <param name="first">What is compared with.</param>
    /// <param name="second">What is compared.</param>
    /// <param name="luck">The standard deviation of the logarithm of the error from seed to seed.</param>
    public static Comparison Of(Outcome first, Outcome second, double luck)
    {
        double a = first.Error, b = second.Error;
        if (!double.IsFinite(a) || !double.IsFinite(b)) return new(b / a, IsLuck: false);
        if (a == b) return new(1, IsLuck: true);
        double seeds = Math.Sqrt(2) * Math.Max(luck, LeastLuck) * (a + b) / 2, items = Sampling(first.Errors, second.Errors);
        return new(b / a, Math.Abs(a - b) < Sigmas * Math.Sqrt(seeds * seeds + items * items));
    }

    /// <summary>The spread of some errors: the standard deviation of their logarithms.</summary>
    public static double SpreadOf(IReadOnlyList<double> errors)
    {
        double[] logs = [.. errors.Where(e => e > 0 && double.IsFinite(e)).Select(e => Math.Log(e))];
        if (logs.Length < 2) return LeastLuck;
        double mean = logs.Average();
        return Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Length - 1));
    }

    // The standard error of the mean difference, item by item.
    static double Sampling(double[] first, double[] second)
    {
        if (first.Length != second.Length || first.Length < 2) return 0;
        double[] differences = [.. first.Zip(second, (a, b) => b - a)];
        double mean = differences.Average();
        return Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length);
    }
}
