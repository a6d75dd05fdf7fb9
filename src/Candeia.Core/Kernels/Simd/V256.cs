using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

internal readonly unsafe struct V256<T>(Vector256<T> v) : ISimd<V256<T>> where T : unmanaged, INumber<T>
{
    readonly Vector256<T> v = v;
    public static int Size => 32; public static int Element => sizeof(T); public static int Registers => 16;
    [MethodImpl(AggressiveInlining)] public static V256<T> Load(byte* p) => new(Vector256.Load((T*)p));
    [MethodImpl(AggressiveInlining)] public static V256<T> Splat(byte* p) => new(Vector256.Create(*(T*)p));
    [MethodImpl(AggressiveInlining)] public static V256<T> Const(double x) => new(typeof(T) == typeof(float) ? Vector256.Create((float)x).As<float, T>() : Vector256.Create(x).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V256<T> Max(V256<T> a, V256<T> b) => new(Vector256.MaxNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> operator +(V256<T> a, V256<T> b) => new(a.v + b.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator *(V256<T> a, V256<T> b) => new(a.v * b.v);
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => v.Store((T*)p);
    [MethodImpl(AggressiveInlining)] public static V256<T> Fma(V256<T> a, V256<T> b, V256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());
}
