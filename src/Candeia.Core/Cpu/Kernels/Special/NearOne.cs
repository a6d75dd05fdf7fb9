namespace Candeia.Kernels;

/// <summary>log(1 + x) without loss where x is small, which the runtime's has (Kahan).</summary>
internal readonly struct Log1p : IFunction
{
    public static double Of(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }
}

/// <summary>eˣ − 1 without loss where x is small, which the runtime's has (Kahan).</summary>
internal readonly struct Expm1 : IFunction
{
    public static double Of(double x)
    {
        if (Math.Abs(x) < 1e-5) return x + x * x / 2 * (1 + x / 3);
        double u = Math.Exp(x);
        if (double.IsInfinity(u)) return u;
        double y = u - 1;
        return y == -1 ? -1 : y * (x / Math.Log(u));
    }
}
