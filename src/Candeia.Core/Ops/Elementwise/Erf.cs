namespace Candeia;

/// <summary>The error function: 2/√π · ∫₀ˣ e^(−t²) dt.</summary>
public sealed record ErfOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(Erf(double.CreateTruncating(x[i])));
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (-x * x).Exp() * (2 / Math.Sqrt(Math.PI));

    /// <summary>A Taylor series near 0 and a continued fraction beyond; exact to about 1e-15.</summary>
    static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 6)) return double.IsNaN(x) ? x : Math.Sign(x);
        if (a < 2.5)
        {
            double term = x, sum = x;
            for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 2 / Math.Sqrt(Math.PI) * sum;
        }
        double fraction = 0;
        for (int n = 60; n > 0; n--) fraction = n / 2.0 / (a + fraction);
        return Math.Sign(x) * (1 - Math.Exp(-a * a) / (Math.Sqrt(Math.PI) * (a + fraction)));
    }
}

public static partial class TensorOps
{
    /// <summary>The error function, element by element.</summary>
    public static Tensor Erf(this Tensor x) => new ErfOp().Apply(x);
}
