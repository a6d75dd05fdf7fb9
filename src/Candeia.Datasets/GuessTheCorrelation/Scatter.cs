namespace Candeia.Datasets;

/// <summary>The points of one scatterplot and their correlation, made as those of the real data set were.</summary>
internal sealed class Scatter
{
    public const int Points = 30;
    const double Outliers = 6;

    Scatter(double[] x, double[] y) => (X, Y, Correlation) = (x, y, Pearson(x, y));

    public double[] X { get; }

    public double[] Y { get; }

    /// <summary>The label: Pearson's correlation of the points, outliers included.</summary>
    public double Correlation { get; }

    /// <summary>The scatter that <paramref name="random"/> gives: a correlated normal cloud with some points replaced by uniform outliers.</summary>
    public static Scatter Draw(Generator random)
    {
        double rho = 2 * random.NextDouble() - 1, rest = Math.Sqrt(1 - rho * rho);
        var x = new double[Points];
        var y = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            double a = random.NextNormal(), b = random.NextNormal();
            (x[i], y[i]) = (a, rho * a + rest * b);
        }
        double min = Math.Min(x.Min(), y.Min()), range = Math.Max(x.Max(), y.Max()) - min; // one scale for both axes
        int outliers = Math.Min(random.NextPoisson(Outliers), Points);
        for (int i = 0; i < Points; i++)
        {
            (x[i], y[i]) = i < Points - outliers
                ? ((x[i] - min) / range, (y[i] - min) / range)
                : (random.NextDouble(), random.NextDouble());
        }
        return new Scatter(x, y);
    }

    /// <summary>Points moved and stretched so that each axis goes from 0 to 1.</summary>
    /// <exception cref="ArgumentException">There are no points, another number of each, or numbers that are not finite.</exception>
    public static (double[] X, double[] Y) Scaled(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length == 0 || x.Length != y.Length) throw new ArgumentException($"A picture needs as many x as y, one at least, not {x.Length} and {y.Length}.");
        return (Scaled(x), Scaled(y));
    }

    static double[] Scaled(ReadOnlySpan<double> values)
    {
        var scaled = values.ToArray();
        if (!scaled.All(double.IsFinite)) throw new ArgumentException("A point lies nowhere: a number is not finite.");
        double min = scaled.Min(), range = scaled.Max() - min;
        for (int i = 0; i < scaled.Length; i++) scaled[i] = range > 0 ? (scaled[i] - min) / range : 0.5;
        return scaled;
    }

    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double mx = Mean(x), my = Mean(y), xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - mx, dy = y[i] - my;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double v in values) sum += v;
        return sum / values.Length;
    }
}
