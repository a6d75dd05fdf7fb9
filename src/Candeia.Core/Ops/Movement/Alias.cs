namespace Candeia;

/// <summary>The same tensor once more: a place in the graph of its own, at which a derivative can end.</summary>
public sealed record AliasOp : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return View(x, x.Layout);
    }
}
