using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// −t·log p − (1 − t)·log(1 − p), with logarithms kept above −100, and a derivative that stays finite where p is 0 or 1. Inputs: p and t.
/// </summary>
public sealed record BinaryCrossEntropyOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("-b * max_@(log(a), (T)-100) - (1 - b) * max_@(log(1 - a), (T)-100)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    private protected override DType Meant(DType dtype) => dtype.IsFloatingPoint() ? dtype
        : throw new ArgumentException($"{Name} takes floating-point numbers, not {dtype}; convert with To(dtype).");

    /// <summary>Refuses what is no probability; not-a-number passes, so that it can be found in the loss.</summary>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double p = double.CreateTruncating(a[i]), t = double.CreateTruncating(b[i]);
            if (p is < 0 or > 1) throw new ArgumentException($"A probability lies between 0 and 1, not at {p}; apply Sigmoid() first, or use the loss that takes logits.");
            y[i] = T.CreateTruncating(-t * Math.Max(OneNumber.Log(p), -100) - (1 - t) * Math.Max(OneNumber.Log(1 - p), -100));
        }
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (node.Needs(0) ? grad * (a - b) / (a * (1 - a)).Clamp(min: 1e-12f) : null,
         node.Needs(1) ? grad * ((1 - a).Log().Clamp(min: -100) - a.Log().Clamp(min: -100)) : null);
}
