using System.Numerics;

namespace Candeia;

/// <summary>Running sums along a dimension. Integers and truth values give int64.</summary>
public sealed record CumsumOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.Flip(Dim).Cumsum(Dim).Flip(Dim)];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = x.Shape.Dim(Dim);
        var dtype = x.DType.IsFloatingPoint() ? x.DType : DType.Int64;
        return Run(x.Shape, dtype, x.To(dtype).Contiguous());
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (y.DType == DType.Float32) Add<float>(x[0], y);
        else if (y.DType == DType.Float64) Add<double>(x[0], y);
        else Add<long>(x[0], y);
    }

    void Add<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
    {
        var from = x.Span<T>();
        var to = y.Span<T>();
        from.CopyTo(to);
        if (x.Rank == 0) return;
        int dim = x.Shape.Dim(Dim), n = x.Shape[dim], inner = (int)x.Shape.Slice(dim + 1, x.Rank - dim - 1).Numel;
        for (int i = inner; i < to.Length; i++)
            if (i / inner % n != 0) to[i] += to[i - inner];
    }
}

public static partial class TensorOps
{
    /// <summary>Running sums along a dimension.</summary>
    public static Tensor Cumsum(this Tensor x, int dim) => new CumsumOp(dim).Apply(x);
}
