using System.Numerics;

namespace Candeia.Kernels;

/// <summary>A function of one real number. It is computed in double precision, also for float, whose results are then as good as exact.</summary>
internal interface IFunction
{
    static abstract double Of(double x);
}

/// <summary>A function of two real numbers.</summary>
internal interface IFunction2
{
    static abstract double Of(double a, double b);
}

/// <summary>Functions that have branches and series, applied one number at a time.</summary>
internal static class Scalars
{
    public static void Run<T, TFunction>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, INumberBase<T> where TFunction : IFunction
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(TFunction.Of(double.CreateTruncating(x[i])));
    }

    public static void Run<T, TFunction>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, INumberBase<T> where TFunction : IFunction2
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(TFunction.Of(double.CreateTruncating(a[i]), double.CreateTruncating(b[i])));
    }

    /// <summary>a₀ + a₁·x + …, the highest power first.</summary>
    public static double Polynomial(double x, ReadOnlySpan<double> highestFirst)
    {
        double y = highestFirst[0];
        for (int i = 1; i < highestFirst.Length; i++) y = y * x + highestFirst[i];
        return y;
    }

    /// <summary>Σ cₖ·Tₖ(t), by Clenshaw's recurrence.</summary>
    public static double Chebyshev(double t, ReadOnlySpan<double> c)
    {
        double b = 0, before = 0;
        for (int k = c.Length - 1; k > 0; k--) (b, before) = (2 * t * b - before + c[k], b);
        return t * b - before + c[0];
    }
}
