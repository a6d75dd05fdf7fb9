namespace Candeia;

/// <summary>Neighbouring parts along a dimension, as views of which none is written: their gradients are put side by side in one pass.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="Sizes">How many of its elements each part has; together they are all.</param>
public sealed record PartsOp(int Dim, Dims Sizes) : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        var parts = new Tensor[grads.Length];
        for (int i = 0; i < parts.Length; i++) parts[i] = grads[i] ?? Tensor.Zeros(node.Outputs[i].Shape, node.Outputs[i].DType, node.Outputs[i].Device);
        return [Tensor.Cat(parts, Dim)];
    }

    /// <summary>The parts; together they are the whole.</summary>
    public Tensor[] Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var parts = new Tensor[Sizes.Count];
        bool wanted = x.RequiresGrad && Autograd.Enabled;
        for (int i = 0, start = 0; i < parts.Length; start += Sizes[i++])
            parts[i] = wanted ? x.View(new SliceOp(Dim, start, Sizes[i]).Of(x.Layout)) : x.Narrow(Dim, start, Sizes[i]);
        if (!wanted) return parts;
        foreach (var part in parts) part.RequiresGrad = true;
        _ = new Node(this, [x], parts);
        return parts;
    }
}
