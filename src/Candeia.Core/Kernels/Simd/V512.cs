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
    [MethodImpl(AggressiveInlining)] public static uint Greater(V512<T> a, V512<T> b) => (uint)Vector512.GreaterThan(a.v, b.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static uint NaN(V512<T> a) => (uint)Vector512.IsNaN(a.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static V512<T> Select(uint bits, V512<T> a, V512<T> b) => new(Vector512.ConditionalSelect(Mask(bits), a.v, b.v));
    [MethodImpl(AggressiveInlining)] static Vector512<T> Mask(uint bits) => sizeof(T) == 4
        ? Vector512.Equals(Vector512.Create(bits) & Bits32, Bits32).As<uint, T>()
        : Vector512.Equals(Vector512.Create((ulong)bits) & Bits64, Bits64).As<ulong, T>();
    static Vector512<uint> Bits32 { [MethodImpl(AggressiveInlining)] get => Vector512.Create(1u, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768); }
    static Vector512<ulong> Bits64 { [MethodImpl(AggressiveInlining)] get => Vector512.Create(1ul, 2, 4, 8, 16, 32, 64, 128); }
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => v.Store((T*)p);
    [MethodImpl(AggressiveInlining)] public static V512<T> Fma(V512<T> a, V512<T> b, V512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());
}
