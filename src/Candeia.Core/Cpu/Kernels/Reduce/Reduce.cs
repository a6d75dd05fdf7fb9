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
    public static void Sum<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumberBase<T> => Run<T, Summing, Added<T>>(x, y, outer, n, inner);

    /// <summary>The sums of rows of floats or doubles that are made on the way, with the bits that they would have in memory.</summary>
    public static void Sum<T, TSource>(TSource source, T* y, nint rows, nint n) where T : unmanaged where TSource : struct, IRowSource
    {
        if (rows > 0) Simd.Run<T, SourceCall<TSource>>(new(source, y, rows, n));
    }

    internal readonly struct SourceCall<TSource>(TSource source, void* y, nint rows, nint n) : ISimdCall where TSource : struct, IRowSource
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => RowReducer<V, Summing>.Run(source, (byte*)y, rows, n);
    }

    /// <summary>Not a number if one is. There must be something to choose from.</summary>
    public static void Max<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumber<T> => Run<T, Greatest, Larger<T>>(x, y, outer, n, inner);

    /// <summary>Not a number if one is. There must be something to choose from.</summary>
    public static void Min<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumber<T> => Run<T, Least, Smaller<T>>(x, y, outer, n, inner);

    /// <summary>Whole numbers wrap around; the product of nothing is one.</summary>
    public static void Product<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, INumberBase<T> => Run<T, Multiplying, Multiplied<T>>(x, y, outer, n, inner);

    /// <summary>Sums of squares of floats or doubles.</summary>
    public static void Squares<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, IFloatingPointIeee754<T> => Run<T, SummingSquares, Added<T>>(x, y, outer, n, inner);

    /// <summary>Sums of squares of the distances of floats or doubles in a row from a number of that row.</summary>
    public static void SquaresAround<T>(T* x, T* around, T* y, nint rows, nint n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows > 0) Simd.Run<T, AroundCall>(new(x, around, y, rows, n));
    }

    /// <summary>Sums of the distances of floats or doubles from 0.</summary>
    public static void Magnitudes<T>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged, IFloatingPointIeee754<T> => Run<T, SummingMagnitudes, Added<T>>(x, y, outer, n, inner);

    static void Run<T, R, TPlain>(T* x, T* y, nint outer, nint n, nint inner) where T : unmanaged where R : struct, IReduction where TPlain : struct, IPlain<T>
    {
        if (outer == 0 || inner == 0) return;
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) Simd.Run<T, Call<R>>(new(x, y, outer, n, inner));
        else Split(outer, n, inner, new Plain<T, TPlain>(x, y, n, inner));
    }

    static void Split<TWork>(nint outer, nint n, nint inner, TWork work) where TWork : struct, IRangeWork =>
        Workers.Split(outer, Math.Max(1, Reducer.Grain / Math.Max(1, n * inner)), work);

    internal readonly struct Call<R>(void* x, void* y, nint outer, nint n, nint inner) : ISimdCall where R : struct, IReduction
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            if (inner == 1) RowReducer<V, R>.Run((byte*)x, (byte*)y, outer, n);
            else ColumnReducer<V, R>.Run((byte*)x, (byte*)y, outer, n, inner);
        }
    }

    internal readonly struct AroundCall(void* x, void* around, void* y, nint rows, nint n) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => RowReducer<V, SummingSquaresAround>.Run((byte*)x, (byte*)y, rows, n, (byte*)around);
    }

    /// <summary>How rows of numbers for which there is no register become one.</summary>
    interface IPlain<T>
    {
        /// <summary>What there is before the first row; none where that is the first row itself.</summary>
        static abstract T? Start { get; }
        static abstract bool HasStart { get; }
        static abstract void Step(Span<T> so, ReadOnlySpan<T> row);

        /// <summary>A row as one number.</summary>
        static abstract T Row(ReadOnlySpan<T> row);
    }

    readonly struct Added<T> : IPlain<T> where T : INumberBase<T>
    {
        public static T Start => T.Zero;
        public static bool HasStart => true;
        public static void Step(Span<T> so, ReadOnlySpan<T> row) => TensorPrimitives.Add(so, row, so);
        public static T Row(ReadOnlySpan<T> row) => TensorPrimitives.Sum(row);
    }

    readonly struct Multiplied<T> : IPlain<T> where T : INumberBase<T>
    {
        public static T Start => T.One;
        public static bool HasStart => true;
        public static void Step(Span<T> so, ReadOnlySpan<T> row) => TensorPrimitives.Multiply(so, row, so);
        public static T Row(ReadOnlySpan<T> row) => TensorPrimitives.Product(row);
    }

    readonly struct Larger<T> : IPlain<T> where T : INumber<T>
    {
        public static T? Start => default;
        public static bool HasStart => false;
        public static void Step(Span<T> so, ReadOnlySpan<T> row) => TensorPrimitives.Max(so, row, so);
        public static T Row(ReadOnlySpan<T> row) => TensorPrimitives.Max(row);
    }

    readonly struct Smaller<T> : IPlain<T> where T : INumber<T>
    {
        public static T? Start => default;
        public static bool HasStart => false;
        public static void Step(Span<T> so, ReadOnlySpan<T> row) => TensorPrimitives.Min(so, row, so);
        public static T Row(ReadOnlySpan<T> row) => TensorPrimitives.Min(row);
    }

    readonly struct Plain<T, TPlain>(T* x, T* y, nint n, nint inner) : IRangeWork where T : unmanaged where TPlain : struct, IPlain<T>
    {
        public void Run(nint from, nint to)
        {
            for (nint o = from; o < to; o++)
            {
                if (inner == 1 && n is > 0 and <= int.MaxValue)
                {
                    y[o] = TPlain.Row(new(x + o * n, (int)n));
                    continue;
                }
                var so = new Span<T>(y + o * inner, checked((int)inner));
                if (TPlain.HasStart) so.Fill(TPlain.Start!);
                else new ReadOnlySpan<T>(x + o * n * inner, so.Length).CopyTo(so);
                for (nint i = TPlain.HasStart ? 0 : 1; i < n; i++) TPlain.Step(so, new(x + (o * n + i) * inner, so.Length));
            }
        }
    }
}
