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
    [MethodImpl(AggressiveInlining)] public static uint Greater(V256<T> a, V256<T> b) => Vector256.GreaterThan(a.v, b.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static uint NaN(V256<T> a) => Vector256.IsNaN(a.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static V256<T> Select(uint bits, V256<T> a, V256<T> b) => new(Vector256.ConditionalSelect(Mask(bits), a.v, b.v));
    [MethodImpl(AggressiveInlining)] static Vector256<T> Mask(uint bits) => sizeof(T) == 4
        ? Vector256.Equals(Vector256.Create(bits) & Bits32, Bits32).As<uint, T>()
        : Vector256.Equals(Vector256.Create((ulong)bits) & Bits64, Bits64).As<ulong, T>();
    static Vector256<uint> Bits32 { [MethodImpl(AggressiveInlining)] get => Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128); }
    static Vector256<ulong> Bits64 { [MethodImpl(AggressiveInlining)] get => Vector256.Create(1ul, 2, 4, 8); }
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => v.Store((T*)p);
    [MethodImpl(AggressiveInlining)] public static V256<T> Fma(V256<T> a, V256<T> b, V256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());
}
