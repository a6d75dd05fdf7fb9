using System.Numerics;

namespace Candeia;

/// <summary>The order along a dimension, as int64 positions. Equal elements keep their order.</summary>
public sealed record ArgSortOp(int Dim, bool Descending) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Shape, DType.Int64, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        var input = x[0].Contiguous();
        switch (input.DType)
        {
            case DType.Float32: Order<float>(input, y); break;
            case DType.Float64: Order<double>(input, y); break;
            case DType.Int64: Order<long>(input, y); break;
            case DType.Int32: Order<int>(input, y); break;
            default: Order<byte>(input, y); break;
        }
        GC.KeepAlive(input);
    }

    void Order<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
    {
        var values = x.Span<T>();
        var positions = y.Span<long>();
        if (x.Rank == 0) positions[0] = 0;
        if (x.Rank == 0 || x.Numel == 0) return;
        int n = x.Shape[Dim], inner = (int)x.Shape.Slice(Dim + 1, x.Rank - Dim - 1).Numel;
        var row = new T[n];
        int[] order = new int[n];
        for (int i = 0; i < values.Length / n; i++)
        {
            int start = i / inner * n * inner + i % inner;
            for (int k = 0; k < n; k++) (row[k], order[k]) = (values[start + k * inner], k);
            Array.Sort(order, (a, b) => Compare(row[a], row[b]) is var c && c != 0 ? c : a - b);
            for (int k = 0; k < n; k++) positions[start + k * inner] = order[k];
        }
    }

    /// <summary>Not-a-number counts as the largest.</summary>
    int Compare<T>(T a, T b) where T : INumber<T>
    {
        int c = T.IsNaN(a) ? T.IsNaN(b) ? 0 : 1 : T.IsNaN(b) ? -1 : a.CompareTo(b);
        return Descending ? -c : c;
    }
}

public static partial class TensorOps
{
    /// <summary>The positions that would sort a dimension; equal elements keep their order.</summary>
    public static Tensor ArgSort(this Tensor x, int dim = -1, bool descending = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new ArgSortOp(x.Shape.Dim(dim), descending).Apply(x);
    }

    /// <summary>The sorted values along a dimension, and where they stood.</summary>
    public static (Tensor Values, Tensor Indices) Sort(this Tensor x, int dim = -1, bool descending = false)
    {
        var indices = x.ArgSort(dim, descending);
        return (x.Rank == 0 ? x : x.Gather(dim, indices), indices);
    }

    /// <summary>The <paramref name="k"/> largest (or smallest) values along a dimension, sorted, and where they stood.</summary>
    public static (Tensor Values, Tensor Indices) TopK(this Tensor x, int k, int dim = -1, bool largest = true)
    {
        ArgumentNullException.ThrowIfNull(x);
        var indices = x.ArgSort(dim, largest).Narrow(dim, 0, k);
        return (x.Gather(dim, indices), indices);
    }

    /// <summary>The middle value along a dimension (of an even number, the lower), and where it stood; not-a-number where there is one.</summary>
    public static (Tensor Values, Tensor Indices) Median(this Tensor x, int dim, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        var indices = x.ArgSort(dim).Narrow(dim, (x.Shape[x.Shape.Dim(dim)] - 1) / 2, 1);
        if (x.DType.IsFloatingPoint()) indices = x.IsNaN().Any(dim).Unsqueeze(x.Shape.Dim(dim)).Where(x.ArgMax(dim, keepDim: true), indices);
        return Extreme(x, indices, dim, keepDim);
    }
}
