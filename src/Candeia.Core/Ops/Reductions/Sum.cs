namespace Candeia;

/// <summary>The sum along some dimensions. Integers and truth values give int64.</summary>
public sealed record SumOp(int[] Dims, bool KeepDim = false) : ReductionOp(Dims, KeepDim)
{
    /// <inheritdoc/>
    protected override DType Result(DType x) => x.IsFloatingPoint() ? x : DType.Int64;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Stretch(grad, node.Inputs[0].Shape)];

    /// <inheritdoc/>
    protected override unsafe void Reduce<T>(T* x, T* y, nint outer, nint n, nint inner) => Kernels.Reduce.Sum(x, y, outer, n, inner);
}

public static partial class TensorOps
{
    /// <summary>The sum along some dimensions, or of all elements if none is named.</summary>
    public static Tensor Sum(this Tensor x, params ReadOnlySpan<int> dims) => new SumOp(dims.ToArray()).Apply(x);

    /// <summary>The sum along some dimensions, which stay with size 1 if asked.</summary>
    public static Tensor Sum(this Tensor x, ReadOnlySpan<int> dims, bool keepDim) => new SumOp(dims.ToArray(), keepDim).Apply(x);

    /// <summary>Sums what broadcasting has stretched, back to a shape.</summary>
    internal static Tensor SumTo(this Tensor x, Shape shape)
    {
        if (x.Shape == shape) return x;
        Span<int> dims = stackalloc int[x.Rank];
        int extra = x.Rank - shape.Rank, count = 0;
        for (int d = 0; d < x.Rank; d++) if (d < extra || shape[d - extra] == 1 && x.Shape[d] != 1) dims[count++] = d;
        return new SumOp(dims[..count].ToArray(), KeepDim: true).Apply(x).Reshape(shape);
    }
}
