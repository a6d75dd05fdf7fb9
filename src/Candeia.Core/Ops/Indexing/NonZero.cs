namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The indices of all elements that are true, or not 0: [count, rank] int64, in row-major order.</summary>
    public static Tensor NonZero(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var truth = x.To(DType.Bool).To(Device.Cpu).Contiguous();
        var values = truth.Span<byte>();
        List<long> found = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 0) continue;
            int end = found.Count;
            long rest = i;
            for (int d = x.Rank - 1; d >= 0; rest /= x.Shape[d--]) found.Insert(end, rest % x.Shape[d]);
        }
        GC.KeepAlive(truth);
        return Tensor.From(found.ToArray(), [x.Rank == 0 ? (values[0] == 0 ? 0 : 1) : found.Count / x.Rank, x.Rank], x.Device);
    }

    /// <summary>The elements where a mask of the same shape is true, as a vector.</summary>
    public static Tensor MaskedSelect(this Tensor x, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mask);
        var shape = Shape.Broadcast(x.Shape, mask.Shape);
        return x.Expand(shape).Reshape(-1).IndexSelect(0, mask.Expand(shape).Reshape(-1).NonZero().Squeeze(1));
    }
}
