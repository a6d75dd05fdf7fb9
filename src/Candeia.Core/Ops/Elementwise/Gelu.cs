using Candeia.Kernels;

namespace Candeia;

/// <summary>How <see cref="TensorOps.Gelu"/> is computed.</summary>
public enum GeluApproximation
{
    /// <summary>x·Φ(x) with the error function.</summary>
    None,
    /// <summary>The approximation by a hyperbolic tangent, as in GPT-2.</summary>
    Tanh,
}

/// <summary>x·Φ(x), where Φ is the normal distribution's probability below x.</summary>
public sealed record GeluOp(GeluApproximation Approximation) : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (Approximation == GeluApproximation.None) Kernels.Map.Run(new GeluMap(), x, y);
        else Kernels.Map.Run(new GeluTanhMap(), x, y);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Approximation == GeluApproximation.None
        ? InOnePass<GeluGradientMap>(x, grad) ?? grad * Slope(x) : InOnePass<GeluTanhGradientMap>(x, grad) ?? grad * TanhSlope(x);

    static Tensor Slope(Tensor x) => ((x * Math.Sqrt(0.5)).Erf() + 1) * 0.5 + x * (x * x * -0.5).Exp() * (1 / Math.Sqrt(2 * Math.PI));

    static Tensor TanhSlope(Tensor x)
    {
        double c = Math.Sqrt(2 / Math.PI);
        var t = ((x + x * x * x * 0.044715) * c).Tanh();
        return (1 + t + x * (1 - t * t) * (1 + x * x * (3 * 0.044715)) * c) * 0.5;
    }
}

public static partial class TensorOps
{
    /// <summary>x·Φ(x), where Φ is the normal distribution's probability below x (<see href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</see>).</summary>
    public static Tensor Gelu(this Tensor x, GeluApproximation approximation = GeluApproximation.None) => new GeluOp(approximation).Apply(x);
}
