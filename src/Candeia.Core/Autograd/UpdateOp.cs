namespace Candeia;

/// <summary>
/// Changes tensors in place: its targets are its outputs, whose values it reads first. Nobody differentiates it. What it means is said once more by
/// other ops.
/// </summary>
public abstract record UpdateOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>The new values of the targets by other ops.</summary>
    protected internal abstract Tensor[] Compose(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> targets);

    /// <summary>Refuses targets that are not so many of each kind as there are gradients, each like its gradient.</summary>
    private protected void CheckTargets(ReadOnlySpan<Tensor> gradients, ReadOnlySpan<Tensor> targets, int kinds)
    {
        if (gradients.Length == 0 || targets.Length != kinds * gradients.Length)
            throw new ArgumentException($"{Name} takes {kinds} targets for each gradient, not {targets.Length} for {gradients.Length}.");
        for (int i = 0; i < targets.Length; i++)
        {
            Tensor target = targets[i], gradient = gradients[i % gradients.Length];
            if (target.Shape != gradient.Shape)
                throw new ShapeException($"{Name} cannot change {target.Shape} by a gradient {gradient.Shape}; they need one shape.");
            if (!target.DType.IsFloatingPoint()) throw new ArgumentException($"{Name} changes floating-point numbers, not {target.DType}.");
        }
    }
}
