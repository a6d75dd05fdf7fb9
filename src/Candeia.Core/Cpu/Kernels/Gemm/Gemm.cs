using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Matrix products. Which algorithm runs, and in which order it adds, follows from shape and strides alone.</summary>
internal static unsafe class Gemm
{
    /// <summary>Runs one product of numbers of any type <typeparamref name="T"/>.</summary>
    public static void Run<T>(in Product p) where T : unmanaged
    {
        if (p.M == 0 || p.N == 0) return;
        if (typeof(T) == typeof(long)) PlainProduct<long>.Run(p);
        else if (typeof(T) == typeof(int)) PlainProduct<int>.Run(p);
        else if (typeof(T) == typeof(short)) PlainProduct<short>.Run(p);
        else if (typeof(T) == typeof(sbyte)) PlainProduct<sbyte>.Run(p);
        else if (typeof(T) == typeof(byte)) PlainProduct<byte>.Run(p);
        else if (typeof(T) == typeof(Complex)) PlainProduct<Complex>.Run(p);
        else Simd.Run<T, One>(new One(p));
    }

    /// <summary>
    /// Runs a product for every index of a batch. The strides, in numbers and one per dimension of <paramref name="batch"/>, say how far A, B and C
    /// move; those of A and B may be zero.
    /// </summary>
    public static void Run<T>(in Product p, ReadOnlySpan<nint> batch, ReadOnlySpan<nint> a, ReadOnlySpan<nint> b, ReadOnlySpan<nint> c) where T : unmanaged
    {
        nint count = 1;
        foreach (nint n in batch) count *= n;
        if (count == 0 || p.M == 0 || p.N == 0) return;
        if (count == 1)
        {
            Run<T>(p);
            return;
        }
        if (OneMatrixForAllRows(p, batch, a, b, c))
        {
            Product tall = p;
            tall.M *= count;
            Run<T>(tall);
            return;
        }
        using var places = Scratch.Rent(count * 3 * sizeof(nint));
        nint* at = (nint*)places.Pointer;
        for (nint i = 0; i < count; i++, at += 3)
        {
            at[0] = at[1] = at[2] = 0;
            nint rest = i;
            for (int d = batch.Length - 1; d >= 0; d--)
            {
                (rest, nint index) = Math.DivRem(rest, batch[d]);
                at[0] += index * a[d];
                at[1] += index * b[d];
                at[2] += index * c[d];
            }
        }
        const nint Grain = 1 << 18;                             // multiply-adds in an item
        Workers.Split(count, Math.Max(1, Grain / Math.Max(1, p.M * p.N * p.K)), new Many<T>(p, (nint*)places.Pointer));
    }

    static bool OneMatrixForAllRows(in Product p, ReadOnlySpan<nint> batch, ReadOnlySpan<nint> a, ReadOnlySpan<nint> b, ReadOnlySpan<nint> c)
    {
        nint rows = p.M;
        for (int d = batch.Length - 1; d >= 0; rows *= batch[d--])
            if (batch[d] != 1 && (b[d] != 0 || a[d] != rows * p.ARow || c[d] != rows * p.CRow)) return false;
        return true;
    }

    readonly struct One(Product p) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => By<V>(p);
    }

    /// <summary>Runs one product that is not empty, where the register is chosen already.</summary>
    public static void By<V>(in Product p) where V : unmanaged, ISimd<V>
    {
        if (DotProducts<V>.Suits(p)) DotProducts<V>.Run(p);
        else Blocked<V>.Run(p);
    }

    readonly struct Many<T>(Product p, nint* places) : IRangeWork where T : unmanaged
    {
        public void Run(nint from, nint to)
        {
            for (nint i = from; i < to; i++)
            {
                Product one = p;
                one.A = (T*)p.A + places[3 * i];
                one.B = (T*)p.B + places[3 * i + 1];
                one.C = (T*)p.C + places[3 * i + 2];
                Gemm.Run<T>(one);
            }
        }
    }
}
