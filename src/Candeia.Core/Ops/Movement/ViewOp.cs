namespace Candeia;

/// <summary>Another look at the same memory: nothing is computed, only the layout changes.</summary>
public abstract record ViewOp : Op
{
    /// <summary>A tensor with the memory of <paramref name="x"/> and another layout.</summary>
    protected Tensor View(Tensor x, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(x);
        var y = x.View(layout);
        Tracing.Applied(this, [x], [y]);
        if (!x.RequiresGrad || !Autograd.Enabled) return y;
        y.RequiresGrad = true;
        _ = new Node(this, [x], [y]);
        return y;
    }

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => throw new InvalidOperationException($"{Name} is a view and has nothing to compute.");
}
