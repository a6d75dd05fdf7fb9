using Candeia.Kernels;

namespace Candeia;

/// <summary>The gradient of softmax, or of its logarithm, along the last dimension. Inputs: the gradient of the output, and the output y.</summary>
/// <param name="Logarithm">Whether y is the logarithm of the softmax.</param>
public sealed record SoftmaxGradientOp(bool Logarithm) : GradientOp
{
    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor grad, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(y);
        return Run(y.Layout.RowMajor(), y.DType, grad, y);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor grad = x[0], y = x[1];
        return [Logarithm ? grad - y.Exp() * grad.Sum([-1], keepDim: true) : y * (grad - (grad * y).Sum([-1], keepDim: true))];
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Beside(-1, x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        SoftmaxCalls.Gradient(Logarithm, x[0], x[1], outputs[0]);
}
