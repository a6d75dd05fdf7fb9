namespace Candeia;

/// <summary>How <see cref="TensorOps.Gelu"/> is computed.</summary>
public enum GeluApproximation
{
    /// <summary>x·Φ(x) with the error function.</summary>
    None,
    /// <summary>The approximation by a hyperbolic tangent, as in GPT-2.</summary>
    Tanh,
}

public static partial class TensorOps
{
    /// <summary>x·Φ(x), where Φ is the normal distribution's probability below x (<see href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</see>).</summary>
    public static Tensor Gelu(this Tensor x, GeluApproximation approximation = GeluApproximation.None)
    {
        ArgumentNullException.ThrowIfNull(x);
        var twice = approximation == GeluApproximation.None
            ? (x * Math.Sqrt(0.5)).Erf() + 1
            : ((x + x * x * x * 0.044715) * Math.Sqrt(2 / Math.PI)).Tanh() + 1;
        return x * twice * 0.5;
    }
}
