namespace Candeia;

/// <summary>
/// −t·log p − (1 − t)·log(1 − p), with logarithms kept above −100, and a derivative that stays finite where p is 0 or 1. Inputs: p and t.
/// </summary>
public sealed record BinaryCrossEntropyOp : BinaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!DTypes.Result(a, b).IsFloatingPoint()) throw new ArgumentException($"{Name} takes floating-point numbers, not {a.DType} and {b.DType}; convert with To(dtype).");
        return base.Apply(a, b);
    }

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double p = double.CreateTruncating(a[i]), t = double.CreateTruncating(b[i]);
            y[i] = T.CreateTruncating(-t * Math.Max(Math.Log(p), -100) - (1 - t) * Math.Max(Math.Log(1 - p), -100));
        }
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (node.Needs(0) ? grad * (a - b) / (a * (1 - a)).Clamp(min: 1e-12f) : null,
         node.Needs(1) ? grad * ((1 - a).Log().Clamp(min: -100) - a.Log().Clamp(min: -100)) : null);
}
