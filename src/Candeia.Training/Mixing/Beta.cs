namespace Candeia.Training;

/// <summary>Draws from the symmetric beta distribution.</summary>
internal static class Beta
{
    /// <summary>A number between 0 and 1 from Beta(α, α).</summary>
    public static double Next(Generator random, double alpha)
    {
        double a = Gamma(random, alpha), b = Gamma(random, alpha);
        return a + b > 0 ? a / (a + b) : Math.Round(random.NextDouble());    // for a very small α both may vanish: it is 0 or 1 then
    }

    /// <summary>From the gamma distribution with scale 1 (<see href="https://doi.org/10.1145/358407.358414">Marsaglia and Tsang, 2000</see>).</summary>
    static double Gamma(Generator random, double shape)
    {
        if (shape < 1) return Gamma(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal(), v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
