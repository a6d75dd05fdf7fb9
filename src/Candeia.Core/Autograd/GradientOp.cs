namespace Candeia;

/// <summary>
/// The gradients of another op, as an op with a kernel of its own. What it means is said once more by other ops, from which its own derivative comes:
/// second derivatives are rare, and need no kernel.
/// </summary>
public abstract record GradientOp : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>The results by ops that have derivatives themselves.</summary>
    protected internal abstract Tensor[] Compose(ReadOnlySpan<Tensor> x);

    /// <inheritdoc/>
    protected internal sealed override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        bool createGraph = Autograd.Enabled;
        using var grad = Autograd.EnableGrad();
        var inputs = new Tensor[node.Inputs.Length];
        List<Tensor> wanted = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = node.Needs(i) ? new AliasOp().Apply(node.Inputs[i]) : node.Inputs[i].Detach();
            if (node.Needs(i)) wanted.Add(inputs[i]);
        }
        var composed = Compose(inputs);
        List<Tensor> outputs = [];
        List<Tensor?> given = [];
        for (int i = 0; i < composed.Length; i++)
        {
            if (grads[i] is null || !composed[i].RequiresGrad) continue;
            outputs.Add(composed[i]);
            given.Add(grads[i]);
        }
        var gradients = new Tensor?[inputs.Length];
        if (outputs.Count == 0) return gradients;
        var found = new Sweep(createGraph, retainGraph: false).Gradients(outputs.ToArray(), given.ToArray(), wanted.ToArray());
        for (int i = 0, at = 0; i < inputs.Length; i++) if (node.Needs(i)) gradients[i] = found[at++];
        return gradients;
    }
}
