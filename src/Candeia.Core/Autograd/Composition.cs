namespace Candeia;

/// <summary>The gradients of an op by way of other ops that do the same: what a <see cref="GradientOp"/> means where nothing shorter says so.</summary>
internal static class Composition
{
    /// <summary>The results of a composition from its inputs.</summary>
    public delegate Tensor[] Forward(ReadOnlySpan<Tensor> inputs);

    /// <summary>Differentiates a composition; the gradients have derivatives themselves where gradients are recorded.</summary>
    /// <param name="forward">The composition.</param>
    /// <param name="x">Its inputs.</param>
    /// <param name="wanted">Of which inputs gradients are wanted.</param>
    /// <param name="given">Of which results there are gradients.</param>
    /// <param name="grads">Those gradients.</param>
    public static Tensor[] Gradients(Forward forward, ReadOnlySpan<Tensor> x, int[] wanted, ReadOnlySpan<bool> given, ReadOnlySpan<Tensor> grads)
    {
        bool createGraph = Autograd.Enabled;
        using var grad = Autograd.EnableGrad();
        Tensor[] inputs = x.ToArray();
        foreach (int i in wanted)
        {
            if (inputs[i].RequiresGrad) continue;
            inputs[i] = inputs[i].Detach();
            inputs[i].RequiresGrad = true;
        }
        var results = forward(inputs);
        List<Tensor> outputs = [];
        List<Tensor?> sent = [];
        for (int i = 0, at = 0; i < given.Length; i++)
        {
            if (!given[i]) continue;
            var gradient = grads[at++];
            if (!results[i].RequiresGrad) continue;
            outputs.Add(results[i]);
            sent.Add(gradient);
        }
        Tensor[] leaves = Array.ConvertAll(wanted, i => inputs[i]);
        if (outputs.Count == 0) return Array.ConvertAll(leaves, t => Tensor.Zeros(t.Shape, t.DType, t.Device));
        return Autograd.Gradients(outputs.ToArray(), leaves, sent.ToArray(), createGraph);
    }
}
