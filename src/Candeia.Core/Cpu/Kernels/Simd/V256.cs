using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Eight floats or four doubles: AVX2.</summary>
internal readonly unsafe struct V256<T>(Vector256<T> v) : ISimd<V256<T>> where T : unmanaged, INumber<T>
{
    readonly Vector256<T> v = v;
    public static int Size => 32; public static int Element => sizeof(T);
    public static int Registers { [MethodImpl(AggressiveInlining)] get => 16; }

    [MethodImpl(AggressiveInlining)] public static V256<T> Load(byte* p) => new(Vector256.Load((T*)p));
    [MethodImpl(AggressiveInlining)] public static V256<T> Splat(byte* p) => new(Vector256.Create(*(T*)p));
    [MethodImpl(AggressiveInlining)] public static V256<T> Const(double x) => new(typeof(T) == typeof(float) ? Vector256.Create((float)x).As<float, T>() : Vector256.Create(x).As<double, T>());
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => v.Store((T*)p);
    [MethodImpl(AggressiveInlining)] public static V256<T> LoadPart(byte* p, int count) => typeof(T) == typeof(float)
        ? new(Avx.MaskLoad((float*)p, First(count).AsSingle()).As<float, T>())
        : new(Avx.MaskLoad((double*)p, First(count).AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public void StorePart(byte* p, int count)
    {
        if (typeof(T) == typeof(float)) Avx.MaskStore((float*)p, First(count).AsSingle(), v.AsSingle());
        else Avx.MaskStore((double*)p, First(count).AsDouble(), v.AsDouble());
    }
    [MethodImpl(AggressiveInlining)] public static void Prefetch(byte* p) { if (Sse.IsSupported) Sse.Prefetch0(p); }

    [MethodImpl(AggressiveInlining)] public static V256<T> Fma(V256<T> a, V256<T> b, V256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V256<T> Max(V256<T> a, V256<T> b) => new(Vector256.MaxNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> Min(V256<T> a, V256<T> b) => new(Vector256.MinNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> Abs(V256<T> a) => new(Vector256.Abs(a.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> Sqrt(V256<T> a) => new(Vector256.Sqrt(a.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> Round(V256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Round(a.v.AsSingle()).As<float, T>()) : new(Vector256.Round(a.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V256<T> Scale(V256<T> a, V256<T> n)
    {
        V256<T> half = Round(n * Const(0.5));                 // 2ⁿ itself may be no normal number
        return a * Power2(half) * Power2(n - half);
    }
    [MethodImpl(AggressiveInlining)] public static V256<T> Exponent(V256<T> a) => typeof(T) == typeof(float)               // a double's goes into the lowest bits of 2⁵²
        ? new((Vector256.ConvertToSingle(a.v.AsInt32() >> 23) - Vector256.Create(127f)).As<float, T>())
        : new(((a.v.AsInt64() >> 52 | Vector256.Create(4503599627370496d).AsInt64()).AsDouble() - Vector256.Create(4503599627370496d + 1023)).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V256<T> operator +(V256<T> a, V256<T> b) => new(a.v + b.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator -(V256<T> a, V256<T> b) => new(a.v - b.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator -(V256<T> a) => new(-a.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator *(V256<T> a, V256<T> b) => new(a.v * b.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator /(V256<T> a, V256<T> b) => new(a.v / b.v);

    [MethodImpl(AggressiveInlining)] public static V256<T> Less(V256<T> a, V256<T> b) => new(Vector256.LessThan(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> LessOrEqual(V256<T> a, V256<T> b) => new(Vector256.LessThanOrEqual(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> Equal(V256<T> a, V256<T> b) => new(Vector256.Equals(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> Select(V256<T> mask, V256<T> yes, V256<T> no) => new(Vector256.ConditionalSelect(mask.v, yes.v, no.v));
    [MethodImpl(AggressiveInlining)] public static V256<T> operator &(V256<T> a, V256<T> b) => new(a.v & b.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator |(V256<T> a, V256<T> b) => new(a.v | b.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator ^(V256<T> a, V256<T> b) => new(a.v ^ b.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> operator ~(V256<T> a) => new(~a.v);
    [MethodImpl(AggressiveInlining)] public static uint Greater(V256<T> a, V256<T> b) => (uint)Vector256.GreaterThan(a.v, b.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static uint NaN(V256<T> a) => (uint)Vector256.IsNaN(a.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static V256<T> Select(uint bits, V256<T> yes, V256<T> no) => Select(Mask(bits), yes, no);
    [MethodImpl(AggressiveInlining)] public static uint Signs(V256<T> a) => (uint)Vector256.ExtractMostSignificantBits(a.v);
    [MethodImpl(AggressiveInlining)] public static V256<T> Mask(uint signs) => typeof(T) == typeof(float)
        ? new(Vector256.Equals(Vector256.Create((int)signs) & Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128), Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128)).As<int, T>())
        : new(Vector256.Equals(Vector256.Create((long)signs) & Vector256.Create(1L, 2, 4, 8), Vector256.Create(1L, 2, 4, 8)).As<long, T>());

    [MethodImpl(AggressiveInlining)] public static double Sum(V256<T> a) => V128<T>.Sum(new(a.v.GetLower() + a.v.GetUpper()));
    [MethodImpl(AggressiveInlining)] public static void Sums(byte* p, V256<T> a, V256<T> b, V256<T> c, V256<T> d) => V128<T>.Sums(
        p, new(a.v.GetLower() + a.v.GetUpper()), new(b.v.GetLower() + b.v.GetUpper()), new(c.v.GetLower() + c.v.GetUpper()), new(d.v.GetLower() + d.v.GetUpper()));
    [MethodImpl(AggressiveInlining)] public static double Greatest(V256<T> a) => V128<T>.Greatest(new(Vector128.Max(a.v.GetLower(), a.v.GetUpper())));
    [MethodImpl(AggressiveInlining)] public static double Least(V256<T> a) => V128<T>.Least(new(Vector128.Min(a.v.GetLower(), a.v.GetUpper())));

    [MethodImpl(AggressiveInlining)] static Vector256<T> First(int count) => typeof(T) == typeof(float)
        ? Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).As<int, T>() : Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>();

    [MethodImpl(AggressiveInlining)] static V256<T> Power2(V256<T> n) => typeof(T) == typeof(float)                // adding 3·2^(mantissa − 1) leaves n in the lowest bits
        ? new((((n.v.AsSingle() + Vector256.Create(12582912f)).AsInt32() << 23) + Vector256.Create(1f).AsInt32()).As<int, T>())
        : new((((n.v.AsDouble() + Vector256.Create(6755399441055744d)).AsInt64() << 52) + Vector256.Create(1d).AsInt64()).As<long, T>());
}
