namespace Candeia;

public sealed partial class Generator
{
    /// <summary>A count from the Poisson distribution with this mean; the time does not grow with the mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mean"/> is negative, not a number, or above 2³⁰.</exception>
    public int NextPoisson(double mean)
    {
        if (!(mean >= 0 && mean <= 1 << 30))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean of a Poisson distribution must be in [0, 2^30].");
        return mean < 10 ? PoissonByInversion(mean) : PoissonByRejection(mean);
    }

    int PoissonByInversion(double mean)
    {
        double u = NextDouble(), p = PortableMath.Exp(-mean);
        int k = 0;
        for (; u >= p && k < 100; k++)
        {
            u -= p;
            p *= mean / (k + 1);
        }
        return k;
    }

    // PTRS of Hörmann, "The transformed rejection method for generating Poisson random variables", 1993.
    int PoissonByRejection(double mean)
    {
        double b = 0.931 + 2.53 * Math.Sqrt(mean), a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4), vr = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            double u = NextDouble() - 0.5, v = NextDouble(), us = 0.5 - Math.Abs(u);
            if (us == 0) continue;
            double k = Math.Floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= vr) return (int)k;
            if (k < 0 || k > int.MaxValue || us < 0.013 && v > us || v == 0) continue;
            double density = k * PortableMath.Log(mean) - mean - PortableMath.LogFactorial(k);
            if (PortableMath.Log(v * inverseAlpha / (a / (us * us) + b)) <= density) return (int)k;
        }
    }
}
