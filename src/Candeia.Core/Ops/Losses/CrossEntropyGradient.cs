using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradient of the scores of a cross entropy: (softmax − 1 at the target) · gradient. Inputs: the gradient [n] of the losses, scores [n, classes]
/// and int64 targets [n].
/// </summary>
/// <param name="Ignored">The target whose rows have gradient 0.</param>
public sealed record CrossEntropyGradientOp(long Ignored) : GradientOp
{
    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor grad, Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Layout.RowMajor(), x.DType, grad, x, target);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor grad = x[0], scores = x[1], target = x[2], counts = target.Ne(Ignored);
        var right = target.MaskedFill(!counts, 0).OneHot(scores.Shape[1]).To(scores.DType);
        return [(scores.Softmax(1) - right) * (grad * counts.To(grad.DType)).Unsqueeze(1)];
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        CrossEntropyCalls.Gradient(Ignored, x[0], x[1], x[2], outputs[0]);
}
