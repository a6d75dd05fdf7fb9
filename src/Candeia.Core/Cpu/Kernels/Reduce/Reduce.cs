using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia.Kernels;

/// <summary>
/// The middle dimension of [outer, n, inner], without gaps, becomes one number: y is [outer, inner]. Floats are added in short chains whose sums are
/// joined in double precision, so that a sum of millions is off by a few roundings. The order follows from the shape.
/// </summary>
internal static unsafe class Reduce
{
    /// <summary>Whole numbers wrap around; the sum of nothing is zero.</summary>
    public static void Sum<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumber<T> => Run<T, Summing>(x, y, outer, n, inner);

    /// <summary>Not a number if one is. There must be something to choose from.</summary>
    public static void Max<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumber<T> => Run<T, Greatest>(x, y, outer, n, inner);

    /// <summary>Not a number if one is. There must be something to choose from.</summary>
    public static void Min<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumber<T> => Run<T, Least>(x, y, outer, n, inner);

    static void Run<T, R>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumber<T> where R : struct, IReduction
    {
        if (outer == 0 || inner == 0) return;
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) Simd.Run<T, Call<R>>(new(x, y, outer, n, inner));
        else Workers.Split(outer, Math.Max(1, Reducer.Grain / Math.Max(1, n * inner)), new Plain<T, R>(x, y, n, inner));
    }

    internal readonly struct Call<R>(void* x, void* y, nint outer, nint n, nint inner) : ISimdCall where R : struct, IReduction
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            if (inner == 1) RowReducer<V, R>.Run((byte*)x, (byte*)y, outer, n);
            else ColumnReducer<V, R>.Run((byte*)x, (byte*)y, outer, n, inner);
        }
    }

    readonly struct Plain<T, R>(T* x, T* y, nint n, nint inner) : IRangeWork where T : unmanaged, INumber<T> where R : struct, IReduction
    {
        public void Run(nint from, nint to)
        {
            for (nint o = from; o < to; o++)
            {
                var so = new Span<T>(y + o * inner, checked((int)inner));
                if (typeof(R) == typeof(Summing)) so.Clear();
                else new ReadOnlySpan<T>(x + o * n * inner, so.Length).CopyTo(so);
                for (nint i = typeof(R) == typeof(Summing) ? 0 : 1; i < n; i++)
                {
                    var row = new ReadOnlySpan<T>(x + (o * n + i) * inner, so.Length);
                    if (typeof(R) == typeof(Summing)) TensorPrimitives.Add(so, row, so);
                    else if (typeof(R) == typeof(Greatest)) TensorPrimitives.Max(so, row, so);
                    else TensorPrimitives.Min(so, row, so);
                }
            }
        }
    }
}
