using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// target ← keep·target + add·values, in place, element by element: a step along a direction, or a running mean. Inputs: the values; target: a tensor of
/// the same shape and type.
/// </summary>
/// <param name="Keep">What the target is multiplied by.</param>
/// <param name="Add">What the values are multiplied by.</param>
public sealed record BlendOp(double Keep, double Add) : UpdateOp
{
    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void Apply(Tensor target, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(values);
        CheckTargets([values], [target], 1);
        RunInto([target], values.To(target.DType));
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> targets) => [Keep * targets[0] + Add * x[0]];

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        MapCalls.Run(new BlendMap(Keep, Add), x[0], outputs[0], outputs[0]);
}
