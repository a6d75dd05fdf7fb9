using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A register of one number: the fallback, and the tail of every loop.</summary>
internal readonly unsafe struct V1<T>(T v) : ISimd<V1<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly T v = v;
    public static int Size => sizeof(T); public static int Element => sizeof(T); public static int Registers => 16;
    [MethodImpl(AggressiveInlining)] public static V1<T> Load(byte* p) => new(*(T*)p);
    [MethodImpl(AggressiveInlining)] public static V1<T> Splat(byte* p) => new(*(T*)p);
    [MethodImpl(AggressiveInlining)] public static V1<T> Const(double x) => new(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)x) : Unsafe.BitCast<double, T>(x));
    [MethodImpl(AggressiveInlining)] public static V1<T> Max(V1<T> a, V1<T> b) => new(a.v > b.v ? a.v : b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> operator +(V1<T> a, V1<T> b) => new(a.v + b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> operator *(V1<T> a, V1<T> b) => new(a.v * b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> Fma(V1<T> a, V1<T> b, V1<T> c) => new(T.FusedMultiplyAdd(a.v, b.v, c.v));
    [MethodImpl(AggressiveInlining)] public static uint Greater(V1<T> a, V1<T> b) => a.v > b.v ? 1u : 0;
    [MethodImpl(AggressiveInlining)] public static uint NaN(V1<T> a) => T.IsNaN(a.v) ? 1u : 0;
    [MethodImpl(AggressiveInlining)] public static V1<T> Select(uint bits, V1<T> a, V1<T> b) => (bits & 1) != 0 ? a : b;
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => *(T*)p = v;
}
