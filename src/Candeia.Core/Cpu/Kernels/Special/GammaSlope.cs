namespace Candeia.Kernels;

/// <summary>dz/da of a quantile z of the gamma distribution of shape a: −(∂P/∂a) / (∂P/∂z), from the power series of P and its derivative.</summary>
internal readonly struct GammaSlope : IFunction2
{
    const int Most = 100_000;

    public static double Of(double a, double z)
    {
        if (!(a > 0) || !(z >= 0)) return double.NaN;
        if (z == 0) return 0;
        // P = density·z·Σ tₙ with tₙ = zⁿ / (a·(a + 1)···(a + n)), and ∂P/∂a = density·z·Σ tₙ·(log z − ψ(a + n + 1)).
        double t = 1 / a, psi = Digamma.Of(a + 1), log = Math.Log(z), sum = 0;
        for (int n = 1; n < Most; n++)
        {
            double term = t * (log - psi);
            sum += term;
            if (n > z - a && Math.Abs(term) < 1e-17 * Math.Abs(sum)) break;
            t *= z / (a + n);
            psi += 1 / (a + n);
        }
        return -z * sum;
    }
}
