using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradient of an activation in one pass. Inputs: the gradient of the output, and the activation's input or output, whichever it is computed
/// from.
/// </summary>
public abstract record ActivationGradientOp : GradientOp, IPointwise
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

    int IPointwise.Effort => 10;

    void IPointwise.Compute(Runs runs, DType result, DType first) => Compute(runs, result);

    /// <summary>Runs the op's code on the result, the gradient and the value.</summary>
    private protected abstract void Compute(Runs runs, DType dtype);

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0], x[1]);
        Compute(runs, outputs[0].DType);
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

    private protected override void Compute(Runs runs, DType dtype) => MapCalls.Gradient(new SigmoidGradientMap(), runs, dtype);
}

/// <summary>The gradient of the hyperbolic tangent, from its output.</summary>
public sealed record TanhGradientOp : ActivationGradientOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * (1 - b * b)");

    /// <inheritdoc/>
    protected override Tensor Compose(Tensor grad, Tensor value) => grad * (1 - value * value);

    private protected override void Compute(Runs runs, DType dtype) => MapCalls.Gradient(new TanhGradientMap(), runs, dtype);
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

    private protected override void Compute(Runs runs, DType dtype) => MapCalls.Gradient(new SiluGradientMap(), runs, dtype);
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

    private protected override void Compute(Runs runs, DType dtype)
    {
        if (Approximation == GeluApproximation.None) MapCalls.Gradient(new GeluGradientMap(), runs, dtype);
        else MapCalls.Gradient(new GeluTanhGradientMap(), runs, dtype);
    }
}
