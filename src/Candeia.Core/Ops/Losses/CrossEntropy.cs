using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// log Σ eˣ − x[target] for rows of scores [n, classes] and int64 targets [n]: the negative log of the softmax at the right class, in one pass.
/// </summary>
/// <param name="Ignored">The target whose rows have loss and gradient 0.</param>
public sealed record CrossEntropyOp(long Ignored) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        [new CrossEntropyGradientOp(Ignored).Apply(grad, node.Inputs[0], node.Inputs[1])];

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The scores are no matrix, or the targets no vector of as many rows.</exception>
    public Tensor Apply(Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (x.Rank != 2 || target.Rank != 1 || target.Shape[0] != x.Shape[0])
            throw new ShapeException($"{Name} takes scores [n, classes] and targets [n], not {x.Shape} and {target.Shape}.");
        if (!x.DType.IsFloatingPoint() || target.DType != DType.Int64)
            throw new ArgumentException($"{Name} takes floating-point scores and int64 targets, not {x.DType} and {target.DType}; convert with To(dtype).");
        return Run([x.Shape[0]], x.DType, x, target);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        CrossEntropyCalls.Forward(Ignored, x[0], x[1], outputs[0]);
}
