using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>Running sums along a dimension. Whole numbers and truth values give int64.</summary>
public sealed record CumsumOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.Flip(Dim).Cumsum(Dim).Flip(Dim)];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = x.Shape.Dim(Dim);
        var dtype = x.DType.Summed();
        return Run(x.Shape, dtype, x.To(dtype).Contiguous());
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => Numbers.Run(outputs[0].DType, new Call(Dim, x[0].Contiguous(), outputs[0]));

    readonly struct Call(int dim, Tensor x, Tensor y) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            x.Span<T>().CopyTo(y.Span<T>());
            GC.KeepAlive(x);
            if (x.Rank == 0 || x.Numel == 0) return;
            int d = x.Shape.Dim(dim), inner = (int)x.Shape.Slice(d + 1, x.Rank - d - 1).Numel, block = x.Shape[d] * inner;
            for (var rest = y.Span<T>(); rest.Length > 0; rest = rest[block..])
            {
                if (inner == 1) for (int i = 1; i < block; i++) rest[i] += rest[i - 1];
                else for (int i = inner; i < block; i += inner) TensorPrimitives.Add(rest.Slice(i, inner), rest.Slice(i - inner, inner), rest.Slice(i, inner));
            }
        }
    }
}

public static partial class TensorOps
{
    /// <summary>Running sums along a dimension; of another type if asked, to which the elements are converted first.</summary>
    public static Tensor Cumsum(this Tensor x, int dim, DType? dtype = null) => new CumsumOp(dim).Apply(As(x, dtype));
}
