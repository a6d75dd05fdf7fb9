using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia.Kernels;

/// <summary>Running sums, and the places of extremes, along a dimension of row-major tensors.</summary>
internal static class ScanCalls
{
    /// <summary>y[i] = y[i − 1] + x[i] along a dimension.</summary>
    public static void Cumsum(Tensor x, int dim, Tensor y) => Numbers.Run(y.DType, new CumsumCall(x.Contiguous(), dim, y));

    /// <summary>The position of the largest or smallest value along a dimension, of equals the first.</summary>
    public static void ArgMax(Tensor x, int dim, bool smallest, Tensor y) => Numbers.RunReal(x.DType, new ArgMaxCall(x.Contiguous(), dim, smallest, y));

    /// <summary>A dimension of this many elements, each followed by as many others.</summary>
    static (int N, int Inner) Sizes(Tensor x, int dim)
    {
        if (x.Rank == 0) return (1, 1);
        dim = x.Shape.Dim(dim);
        return (x.Shape[dim], (int)x.Shape.Slice(dim + 1, x.Rank - dim - 1).Numel);
    }

    readonly struct CumsumCall(Tensor x, int dim, Tensor y) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var p = Pins.Of(x, y);
            var sums = p.Span<T>(1);
            p.Span<T>(0).CopyTo(sums);
            if (sums.Length == 0) return;
            var (n, inner) = Sizes(x, dim);
            int block = n * inner;
            for (; sums.Length > 0; sums = sums[block..])
            {
                if (inner == 1) for (int i = 1; i < block; i++) sums[i] += sums[i - 1];
                else for (int i = inner; i < block; i += inner) TensorPrimitives.Add(sums.Slice(i, inner), sums.Slice(i - inner, inner), sums.Slice(i, inner));
            }
        }
    }

    readonly struct ArgMaxCall(Tensor x, int dim, bool smallest, Tensor y) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var p = Pins.Of(x, y);
            var values = p.Span<T>(0);
            var positions = p.Span<long>(1);
            var (n, inner) = Sizes(x, dim);
            for (int i = 0; i < positions.Length; i++)
            {
                int start = i / inner * n * inner + i % inner, best = 0;
                T record = values[start];
                for (int k = 1; k < n && !T.IsNaN(record); k++)
                {
                    T value = values[start + k * inner];
                    if (T.IsNaN(value) || (smallest ? value < record : value > record)) (best, record) = (k, value);
                }
                positions[i] = best;
            }
        }
    }
}
