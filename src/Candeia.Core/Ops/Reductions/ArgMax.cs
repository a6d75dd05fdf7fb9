using System.Numerics;

namespace Candeia;

/// <summary>The position of the largest (or smallest) value along a dimension; of equals the first, and not-a-number counts as both.</summary>
public sealed record ArgMaxOp(int Dim, bool Smallest = false) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op; the dimension stays with size 1.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = Real(x.DType);
        int dim = x.Shape.Dim(Dim);
        if (x.Rank > 0 && x.Shape[dim] == 0) throw new ShapeException($"Dimension {dim} of {x.Shape} has no elements to choose from.");
        return Run(x.Rank == 0 ? [] : x.Shape.With(dim, 1), DType.Int64, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        var input = x[0].Contiguous();
        Numbers.RunReal(input.DType, new Call(this, input, y));
        GC.KeepAlive(input);
    }

    readonly struct Call(ArgMaxOp op, Tensor x, Tensor y) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => op.Search<T>(x, y);
    }

    void Search<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
    {
        var values = x.Span<T>();
        var positions = y.Span<long>();
        int dim = x.Shape.Dim(Dim), n = x.Rank == 0 ? 1 : x.Shape[dim];
        int inner = x.Rank == 0 ? 1 : (int)x.Shape.Slice(dim + 1, x.Rank - dim - 1).Numel;
        for (int i = 0; i < positions.Length; i++)
        {
            int start = i / inner * n * inner + i % inner, best = 0;
            T record = values[start];
            for (int k = 1; k < n && !T.IsNaN(record); k++)
            {
                T value = values[start + k * inner];
                if (T.IsNaN(value) || (Smallest ? value < record : value > record)) (best, record) = (k, value);
            }
            positions[i] = best;
        }
    }
}

public static partial class TensorOps
{
    /// <summary>The position of the largest value along a dimension, as int64.</summary>
    public static Tensor ArgMax(this Tensor x, int dim, bool keepDim = false) => Positions(x, new(dim), keepDim);

    /// <summary>The position of the largest element in row-major order.</summary>
    public static Tensor ArgMax(this Tensor x) => x.Flatten().ArgMax(0);

    /// <summary>The position of the smallest value along a dimension, as int64.</summary>
    public static Tensor ArgMin(this Tensor x, int dim, bool keepDim = false) => Positions(x, new(dim, Smallest: true), keepDim);

    /// <summary>The position of the smallest element in row-major order.</summary>
    public static Tensor ArgMin(this Tensor x) => x.Flatten().ArgMin(0);

    static Tensor Positions(Tensor x, ArgMaxOp op, bool keepDim)
    {
        var y = op.Apply(x);
        return keepDim || x.Rank == 0 ? y : y.Squeeze(op.Dim);
    }
}
