using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradient of an activation in one pass. Inputs: the gradient of the output, and the activation's input or output, whichever it is computed
/// from.
/// </summary>
public abstract record ActivationGradientOp : GradientOp
{
    /// <summary>Applies the op.</summary>
    /// <param name="grad">The gradient of the output.</param>
    /// <param name="value">The input of the activation; of sigmoid and tanh the output.</param>
    public Tensor Apply(Tensor grad, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(value);
        return Run(value.Layout.Dense(), value.DType, grad, value);
    }

    /// <inheritdoc/>
    internal sealed override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal sealed override Tensor[] Compose(ReadOnlySpan<Tensor> x) => [Compose(x[0], x[1])];

    /// <summary>The gradient of the input by ops that have derivatives themselves.</summary>
    protected abstract Tensor Compose(Tensor grad, Tensor value);
}

/// <summary>The gradient of the sigmoid, from its output.</summary>
public sealed record SigmoidGradientOp : ActivationGradientOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * b * (1 - b)");

    /// <inheritdoc/>
    protected override Tensor Compose(Tensor grad, Tensor value) => grad * value * (1 - value);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        MapCalls.Run(new SigmoidGradientMap(), x[1], x[0], outputs[0]);
}

/// <summary>The gradient of the hyperbolic tangent, from its output.</summary>
public sealed record TanhGradientOp : ActivationGradientOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * (1 - b * b)");

    /// <inheritdoc/>
    protected override Tensor Compose(Tensor grad, Tensor value) => grad * (1 - value * value);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        MapCalls.Run(new TanhGradientMap(), x[1], x[0], outputs[0]);
}

/// <summary>The gradient of x·sigmoid(x), from x.</summary>
public sealed record SiluGradientOp : ActivationGradientOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * sigmoid_@(b) * (1 + b * (1 - sigmoid_@(b)))");

    /// <inheritdoc/>
    protected override Tensor Compose(Tensor grad, Tensor value)
    {
        var s = value.Sigmoid();
        return grad * s * (1 + value * (1 - s));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        MapCalls.Run(new SiluGradientMap(), x[1], x[0], outputs[0]);
}

/// <summary>The gradient of x·Φ(x), from x.</summary>
/// <param name="Approximation">How the activation is computed.</param>
public sealed record GeluGradientOp(GeluApproximation Approximation) : ActivationGradientOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new(Approximation == GeluApproximation.None
        ? "a * (b * (T)0.39894228040143267794 * exp(b * b * (T)-0.5) + (T)0.5 * (1 + erf(b * (T)0.70710678118654752440)))"
        : "gelu_tanh_gradient_@(a, b)");

    /// <inheritdoc/>
    protected override Tensor Compose(Tensor grad, Tensor value) =>
        grad * (Approximation == GeluApproximation.None ? Slope(value) : TanhSlope(value));

    static Tensor Slope(Tensor x) => ((x * Math.Sqrt(0.5)).Erf() + 1) * 0.5 + x * (x * x * -0.5).Exp() * (1 / Math.Sqrt(2 * Math.PI));

    static Tensor TanhSlope(Tensor x)
    {
        double c = Math.Sqrt(2 / Math.PI);
        var t = ((x + x * x * x * 0.044715) * c).Tanh();
        return (1 + t + x * (1 - t * t) * (1 + x * x * (3 * 0.044715)) * c) * 0.5;
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        if (Approximation == GeluApproximation.None) MapCalls.Run(new GeluGradientMap(), x[1], x[0], outputs[0]);
        else MapCalls.Run(new GeluTanhGradientMap(), x[1], x[0], outputs[0]);
    }
}
