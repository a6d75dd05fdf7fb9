namespace Candeia;

/// <summary>Counts from the Poisson distribution; the time does not grow with the mean.</summary>
internal readonly struct PoissonCount : IDrawn
{
    public static bool Takes(double mean) => mean >= 0 && mean <= 1 << 30;

    public static double Draw(double mean, ref Drops drops) => Draw<Drops>(mean, ref drops);

    public static double Draw<TSource>(double mean, ref TSource source) where TSource : IDoubles, allows ref struct =>
        mean < 10 ? ByInversion(mean, source.NextDouble()) : ByRejection(mean, ref source);

    static double ByInversion(double mean, double u)
    {
        double p = PortableMath.Exp(-mean);
        int k = 0;
        for (; u >= p && k < 100; k++)
        {
            u -= p;
            p *= mean / (k + 1);
        }
        return k;
    }

    // PTRS of Hörmann, "The transformed rejection method for generating Poisson random variables", 1993.
    static double ByRejection<TSource>(double mean, ref TSource source) where TSource : IDoubles, allows ref struct
    {
        double b = 0.931 + 2.53 * Math.Sqrt(mean), a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4), vr = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            double u = source.NextDouble() - 0.5, v = source.NextDouble(), us = 0.5 - Math.Abs(u);
            if (us == 0) continue;
            double k = Math.Floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= vr) return k;
            if (k < 0 || k > int.MaxValue || us < 0.013 && v > us || v == 0) continue;
            double density = k * PortableMath.Log(mean) - mean - PortableMath.LogFactorial(k);
            if (PortableMath.Log(v * inverseAlpha / (a / (us * us) + b)) <= density) return k;
        }
    }
}

/// <summary>Numbers from the gamma distribution of scale 1.</summary>
internal readonly struct GammaNumber : IDrawn
{
    public static bool Takes(double shape) => shape > 0 && double.IsFinite(shape);

    // Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; a shape below 1 comes of one above by a power of a uniform number.
    public static double Draw(double shape, ref Drops drops)
    {
        double less = shape < 1 ? PortableMath.Exp(Math.Max(-700, PortableMath.Log(1 - drops.NextDouble()) / shape)) : 1;
        double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = drops.NextNormal(), v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            double u = 1 - drops.NextDouble();
            if (u < 1 - 0.0331 * x * x * x * x || PortableMath.Log(u) < 0.5 * x * x + d * (1 - v + PortableMath.Log(v))) return d * v * less;
        }
    }
}
