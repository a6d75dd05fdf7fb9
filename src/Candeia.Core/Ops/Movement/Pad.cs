namespace Candeia;

public static partial class TensorOps
{
    /// <summary>A constant border: pairs (before, after), the last dimension first, as in <see href="https://pytorch.org/docs/stable/generated/torch.nn.functional.pad.html">torch.nn.functional.pad</see>.</summary>
    public static Tensor Pad(this Tensor x, ReadOnlySpan<int> padding, double value = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (padding.Length % 2 != 0 || padding.Length > 2 * x.Rank)
            throw new ArgumentException($"Pad of {x.Shape} takes pairs of numbers, at most {x.Rank} of them, not {padding.Length} numbers.");
        for (int i = 0; i < padding.Length / 2; i++)
        {
            int dim = x.Rank - 1 - i, before = padding[2 * i], after = padding[2 * i + 1], size = x.Shape[dim];
            if (before < 0 || after < 0) x = x.Narrow(dim, Math.Max(0, -before), size - Math.Max(0, -before) - Math.Max(0, -after));
            (before, after, size) = (Math.Max(0, before), Math.Max(0, after), x.Shape[dim]);
            if (before + after == 0) continue;
            var shape = x.Shape.With(dim, size + before + after);
            var wide = new UnsliceOp(new(dim, before, size), shape).Apply(x);
            if (value != 0)
            {
                var border = Tensor.Full(shape, value, x.DType, x.Device);
                border.Narrow(dim, before, size).Fill(0);
                wide += border;
            }
            x = wide;
        }
        return x;
    }
}
