using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Candeia.Kernels;

/// <summary>Whether something holds of two numbers, one by one and register by register.</summary>
internal interface ITest<T> where T : unmanaged
{
    bool Holds(T a, T b);

    /// <summary>All bits of an element where it holds, none elsewhere.</summary>
    Vector256<T> Holds(Vector256<T> a, Vector256<T> b);
}

/// <summary>Comparisons of neighbouring elements: 1 where they hold, 0 elsewhere, 32 at a time.</summary>
internal static unsafe class Compares
{
    const int Bytes = 32;

    public static void Run<T, TTest>(TTest test, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) where T : unmanaged where TTest : struct, ITest<T>
    {
        int done = 0;
        if (Vector256.IsHardwareAccelerated && Vector256<T>.IsSupported)
            fixed (T* first = a, second = b)
            fixed (byte* to = y)
                for (; done <= y.Length - Bytes; done += Bytes) (Mask(test, first + done, second + done) & Vector256<byte>.One).Store(to + done);
        for (; done < y.Length; done++) y[done] = test.Holds(a[done], b[done]) ? (byte)1 : (byte)0;
    }

    // Masks of wide elements are cut to half their width until they are bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<byte> Mask<T, TTest>(TTest test, T* a, T* b) where T : unmanaged where TTest : struct, ITest<T> => sizeof(T) switch
    {
        1 => Of(test, a, b, 0).AsByte(),
        2 => Vector256.Narrow(Of(test, a, b, 0).AsUInt16(), Of(test, a, b, 1).AsUInt16()),
        4 => Vector256.Narrow(Shorts(test, a, b, 0), Shorts(test, a, b, 2)),
        _ => Vector256.Narrow(Vector256.Narrow(Ints(test, a, b, 0), Ints(test, a, b, 2)), Vector256.Narrow(Ints(test, a, b, 4), Ints(test, a, b, 6))),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Shorts<T, TTest>(TTest test, T* a, T* b, int register) where T : unmanaged where TTest : struct, ITest<T> =>
        Vector256.Narrow(Of(test, a, b, register).AsUInt32(), Of(test, a, b, register + 1).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Ints<T, TTest>(TTest test, T* a, T* b, int register) where T : unmanaged where TTest : struct, ITest<T> =>
        Vector256.Narrow(Of(test, a, b, register).AsUInt64(), Of(test, a, b, register + 1).AsUInt64());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> Of<T, TTest>(TTest test, T* a, T* b, int register) where T : unmanaged where TTest : struct, ITest<T> =>
        test.Holds(Vector256.Load(a + register * Vector256<T>.Count), Vector256.Load(b + register * Vector256<T>.Count));
}

internal readonly struct EqualTest<T> : ITest<T> where T : unmanaged, IEqualityOperators<T, T, bool>
{
    public bool Holds(T a, T b) => a == b;
    public Vector256<T> Holds(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);
}

internal readonly struct NotEqualTest<T> : ITest<T> where T : unmanaged, IEqualityOperators<T, T, bool>
{
    public bool Holds(T a, T b) => a != b;
    public Vector256<T> Holds(Vector256<T> a, Vector256<T> b) => ~Vector256.Equals(a, b);
}

internal readonly struct GreaterTest<T> : ITest<T> where T : unmanaged, IComparisonOperators<T, T, bool>
{
    public bool Holds(T a, T b) => a > b;
    public Vector256<T> Holds(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThan(a, b);
}

internal readonly struct GreaterOrEqualTest<T> : ITest<T> where T : unmanaged, IComparisonOperators<T, T, bool>
{
    public bool Holds(T a, T b) => a >= b;
    public Vector256<T> Holds(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThanOrEqual(a, b);
}
