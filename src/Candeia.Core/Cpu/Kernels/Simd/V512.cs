using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Sixteen floats or eight doubles: AVX-512.</summary>
internal readonly unsafe struct V512<T>(Vector512<T> v) : ISimd<V512<T>> where T : unmanaged, INumber<T>
{
    readonly Vector512<T> v = v;
    public static int Size => 64; public static int Element => sizeof(T);
    public static int Registers { [MethodImpl(AggressiveInlining)] get => 32; }

    [MethodImpl(AggressiveInlining)] public static V512<T> Load(byte* p) => new(Vector512.Load((T*)p));
    [MethodImpl(AggressiveInlining)] public static V512<T> Splat(byte* p) => new(Vector512.Create(*(T*)p));
    [MethodImpl(AggressiveInlining)] public static V512<T> Const(double x) => new(typeof(T) == typeof(float) ? Vector512.Create((float)x).As<float, T>() : Vector512.Create(x).As<double, T>());
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => v.Store((T*)p);
    [MethodImpl(AggressiveInlining)] public static V512<T> LoadPart(byte* p, int count) => typeof(T) == typeof(float)
        ? new(Avx512F.MaskLoad((float*)p, First(count).AsSingle(), default).As<float, T>())
        : new(Avx512F.MaskLoad((double*)p, First(count).AsDouble(), default).As<double, T>());
    [MethodImpl(AggressiveInlining)] public void StorePart(byte* p, int count)
    {
        if (typeof(T) == typeof(float)) Avx512F.MaskStore((float*)p, First(count).AsSingle(), v.AsSingle());
        else Avx512F.MaskStore((double*)p, First(count).AsDouble(), v.AsDouble());
    }
    [MethodImpl(AggressiveInlining)] public static void Prefetch(byte* p) { if (Sse.IsSupported) Sse.Prefetch0(p); }

    [MethodImpl(AggressiveInlining)] public static V512<T> Fma(V512<T> a, V512<T> b, V512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V512<T> Max(V512<T> a, V512<T> b) => new(Vector512.MaxNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> Min(V512<T> a, V512<T> b) => new(Vector512.MinNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> Abs(V512<T> a) => new(Vector512.Abs(a.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> Sqrt(V512<T> a) => new(Vector512.Sqrt(a.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> Round(V512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Round(a.v.AsSingle()).As<float, T>()) : new(Vector512.Round(a.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V512<T> Scale(V512<T> a, V512<T> n) => typeof(T) == typeof(float)
        ? new(Avx512F.Scale(a.v.AsSingle(), n.v.AsSingle()).As<float, T>()) : new(Avx512F.Scale(a.v.AsDouble(), n.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V512<T> Exponent(V512<T> a) => typeof(T) == typeof(float)
        ? new(Avx512F.GetExponent(a.v.AsSingle()).As<float, T>()) : new(Avx512F.GetExponent(a.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V512<T> operator +(V512<T> a, V512<T> b) => new(a.v + b.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator -(V512<T> a, V512<T> b) => new(a.v - b.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator -(V512<T> a) => new(-a.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator *(V512<T> a, V512<T> b) => new(a.v * b.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator /(V512<T> a, V512<T> b) => new(a.v / b.v);

    [MethodImpl(AggressiveInlining)] public static V512<T> Less(V512<T> a, V512<T> b) => new(Vector512.LessThan(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> LessOrEqual(V512<T> a, V512<T> b) => new(Vector512.LessThanOrEqual(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> Equal(V512<T> a, V512<T> b) => new(Vector512.Equals(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> Select(V512<T> mask, V512<T> yes, V512<T> no) => new(Vector512.ConditionalSelect(mask.v, yes.v, no.v));
    [MethodImpl(AggressiveInlining)] public static V512<T> operator &(V512<T> a, V512<T> b) => new(a.v & b.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator |(V512<T> a, V512<T> b) => new(a.v | b.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator ^(V512<T> a, V512<T> b) => new(a.v ^ b.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> operator ~(V512<T> a) => new(~a.v);
    [MethodImpl(AggressiveInlining)] public static uint Greater(V512<T> a, V512<T> b) => (uint)Vector512.GreaterThan(a.v, b.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static uint NaN(V512<T> a) => (uint)Vector512.IsNaN(a.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static V512<T> Select(uint bits, V512<T> yes, V512<T> no) => Select(Mask(bits), yes, no);
    [MethodImpl(AggressiveInlining)] public static uint Signs(V512<T> a) => (uint)Vector512.ExtractMostSignificantBits(a.v);
    [MethodImpl(AggressiveInlining)] public static V512<T> Mask(uint signs) => typeof(T) == typeof(float)
        ? new(Vector512.Equals(Vector512.Create((int)signs) & Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768), Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)).As<int, T>())
        : new(Vector512.Equals(Vector512.Create((long)signs) & Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128), Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128)).As<long, T>());

    [MethodImpl(AggressiveInlining)] public static double Sum(V512<T> a) => V256<T>.Sum(new(a.v.GetLower() + a.v.GetUpper()));
    [MethodImpl(AggressiveInlining)] public static void Sums(byte* p, V512<T> a, V512<T> b, V512<T> c, V512<T> d) => V256<T>.Sums(
        p, new(a.v.GetLower() + a.v.GetUpper()), new(b.v.GetLower() + b.v.GetUpper()), new(c.v.GetLower() + c.v.GetUpper()), new(d.v.GetLower() + d.v.GetUpper()));
    [MethodImpl(AggressiveInlining)] public static double Greatest(V512<T> a) => V256<T>.Greatest(new(Vector256.Max(a.v.GetLower(), a.v.GetUpper())));
    [MethodImpl(AggressiveInlining)] public static double Least(V512<T> a) => V256<T>.Least(new(Vector256.Min(a.v.GetLower(), a.v.GetUpper())));

    [MethodImpl(AggressiveInlining)] static Vector512<T> First(int count) => typeof(T) == typeof(float)
        ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>() : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();
}
