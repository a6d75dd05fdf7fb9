using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

internal readonly unsafe struct V512<T>(Vector512<T> v) : ISimd<V512<T>> where T : unmanaged, INumber<T>
{
    readonly Vector512<T> v = v;
    public static int Size => 64; public static int Element => sizeof(T); public static int Registers => 32;
    [MethodImpl(AggressiveInlining)] public static V512<T> Load(byte* p) => new(Vector512.Load((T*)p));
    [MethodImpl(AggressiveInlining)] public static V512<T> Splat(byte* p) => new(Vector512.Create(*(T*)p));
    [MethodImpl(AggressiveInlining)] public static V512<T> Const(double x) => new(typeof(T) == typeof(float) ? Vector512.Create((float)x).As<float, T>() : Vector512.Create(x).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V512<T> Max(V512<T> a, V512<T> b) => new(Vector512.MaxNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> operator +(V512<T> a, V512<T> b) => new(a.v + b.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator *(V512<T> a, V512<T> b) => new(a.v * b.v);
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => v.Store((T*)p);
    [MethodImpl(AggressiveInlining)] public static V512<T> Fma(V512<T> a, V512<T> b, V512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());
}
