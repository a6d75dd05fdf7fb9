namespace Candeia;

/// <summary>Multiplies any number of tensors by one factor, in place. Input: the factor, [].</summary>
public sealed record ScaleIntoOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <summary>Writes the tensors, without a record.</summary>
    public void Apply(ReadOnlySpan<Tensor> targets, Tensor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        if (factor.Rank != 0) throw new ShapeException($"Tensors are scaled by one number, not by {factor.Shape}.");
        foreach (var target in targets)
            if (target.DType != factor.DType) throw new ArgumentException($"A tensor of {target.DType} is scaled by a number of that type, not by {factor.DType}.");
        if (targets.Length > 0) RunInto(targets, factor);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        if (x[0].GetNumber(x[0].Layout.Offset) == 1) return;                 // no pass over memory for nothing
        foreach (var y in outputs) new MultiplyOp().Compute([y, x[0]], [y]);
    }
}
