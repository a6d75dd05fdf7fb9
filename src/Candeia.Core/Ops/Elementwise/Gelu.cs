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
    public override Formula? Formula => new(Approximation == GeluApproximation.None
        ? "a * (T)0.5 * (1 + erf(a * (T)0.70710678118654752440))"
        : "a * (T)0.5 * (1 + tanh((T)0.79788456080286535588 * (a * a * a * (T)0.044715 + a)))");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (Approximation == GeluApproximation.None) Kernels.Map.Run(new GeluMap(), x, y);
        else Kernels.Map.Run(new GeluTanhMap(), x, y);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new GeluGradientOp(Approximation).Apply(grad, x);
}

public static partial class TensorOps
{
    /// <summary>
    /// x·Φ(x), where Φ is the normal distribution's probability below x
    /// (<see href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</see>).
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="approximation">Exact, or by the hyperbolic tangent, as GPT-2 and others were trained with.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Gelu());
    /// // → -0.0455  0.0000  2.9960
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Gelu(this Tensor x, GeluApproximation approximation = GeluApproximation.None) => new GeluOp(approximation).Apply(x);
}
