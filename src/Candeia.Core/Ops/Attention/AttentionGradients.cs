using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradients of attention. Inputs: the gradient of the result, q, k, v, the result, the logarithms of sums that the forward pass saved, and the mask, if there is
/// one. Results: the gradients of q and, together, of k and v, as far as they are wanted.
/// </summary>
/// <param name="Forward">The op whose gradients these are.</param>
/// <param name="Wanted">Which of them: q counts as input, k as weight and v as bias.</param>
public sealed record AttentionGradientsOp(AttentionOp Forward, Wanted Wanted) : GradientOp
{
    bool WantsKeys => (Wanted & (Wanted.Weight | Wanted.Bias)) != 0;

    bool WantsQuery => (Wanted & Wanted.Input) != 0;

    /// <summary>Applies the op: the gradients of q, k and v, null where they are not computed.</summary>
    public Tensor?[] Apply(params Tensor[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        List<TensorSpec> specs = [];
        foreach (int i in Order) specs.Add(new(AttentionOp.LayoutLike(x[1 + i], x[1 + i].Shape[^1]), x[1 + i].DType));
        if (specs.Count == 0) return [null, null, null];
        var results = Run([.. specs], x);
        return [WantsQuery ? results[0] : null, .. WantsKeys ? results[^2..] : (Tensor?[])[null, null]];
    }

    IEnumerable<int> Order => [.. WantsQuery ? [0] : (int[])[], .. WantsKeys ? [1, 2] : (int[])[]];

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x) =>
        Composition.Gradients(inputs => [Forward.Compose(inputs)], [x[1], x[2], x[3], .. x[6..]], [.. Order], [true], x[..1]);

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Forward.CutOf(x, y, mask: 6);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        AttentionCalls.Gradients(Forward, x, WantsQuery ? outputs[0] : null, WantsKeys ? outputs[^2] : null, WantsKeys ? outputs[^1] : null);
}
