using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Four floats or two doubles: Arm64, which has 32 of these registers.</summary>
internal readonly unsafe struct V128<T>(Vector128<T> v) : ISimd<V128<T>> where T : unmanaged, INumber<T>
{
    readonly Vector128<T> v = v;
    public static int Size => 16; public static int Element => sizeof(T);
    public static int Registers { [MethodImpl(AggressiveInlining)] get => AdvSimd.Arm64.IsSupported ? 32 : 16; }

    [MethodImpl(AggressiveInlining)] public static V128<T> Load(byte* p) => new(Vector128.Load((T*)p));
    [MethodImpl(AggressiveInlining)] public static V128<T> Splat(byte* p) => new(Vector128.Create(*(T*)p));
    [MethodImpl(AggressiveInlining)] public static V128<T> Const(double x) => new(typeof(T) == typeof(float) ? Vector128.Create((float)x).As<float, T>() : Vector128.Create(x).As<double, T>());
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => v.Store((T*)p);
    [MethodImpl(AggressiveInlining)] public static V128<T> LoadPart(byte* p, int count)
    {
        V128<T> part = default;
        Unsafe.CopyBlockUnaligned(&part, p, (uint)(count * sizeof(T)));
        return part;
    }
    [MethodImpl(AggressiveInlining)] public void StorePart(byte* p, int count)
    {
        V128<T> all = this;
        Unsafe.CopyBlockUnaligned(p, &all, (uint)(count * sizeof(T)));
    }
    [MethodImpl(AggressiveInlining)] public static void Prefetch(byte* p) { if (Sse.IsSupported) Sse.Prefetch0(p); }

    [MethodImpl(AggressiveInlining)] public static V128<T> Fma(V128<T> a, V128<T> b, V128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V128<T> Max(V128<T> a, V128<T> b) => new(Vector128.MaxNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> Min(V128<T> a, V128<T> b) => new(Vector128.MinNative(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> Abs(V128<T> a) => new(Vector128.Abs(a.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> Sqrt(V128<T> a) => new(Vector128.Sqrt(a.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> Round(V128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Round(a.v.AsSingle()).As<float, T>()) : new(Vector128.Round(a.v.AsDouble()).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V128<T> Scale(V128<T> a, V128<T> n)
    {
        V128<T> half = Round(n * Const(0.5));                 // 2ⁿ itself may be no normal number
        return a * Power2(half) * Power2(n - half);
    }
    [MethodImpl(AggressiveInlining)] public static V128<T> Exponent(V128<T> a) => typeof(T) == typeof(float)               // a double's goes into the lowest bits of 2⁵²
        ? new((Vector128.ConvertToSingle(a.v.AsInt32() >> 23) - Vector128.Create(127f)).As<float, T>())
        : new(((a.v.AsInt64() >> 52 | Vector128.Create(4503599627370496d).AsInt64()).AsDouble() - Vector128.Create(4503599627370496d + 1023)).As<double, T>());
    [MethodImpl(AggressiveInlining)] public static V128<T> operator +(V128<T> a, V128<T> b) => new(a.v + b.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> operator -(V128<T> a, V128<T> b) => new(a.v - b.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> operator -(V128<T> a) => new(-a.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> operator *(V128<T> a, V128<T> b) => new(a.v * b.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> operator /(V128<T> a, V128<T> b) => new(a.v / b.v);

    [MethodImpl(AggressiveInlining)] public static V128<T> Less(V128<T> a, V128<T> b) => new(Vector128.LessThan(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> LessOrEqual(V128<T> a, V128<T> b) => new(Vector128.LessThanOrEqual(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> Equal(V128<T> a, V128<T> b) => new(Vector128.Equals(a.v, b.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> Select(V128<T> mask, V128<T> yes, V128<T> no) => new(Vector128.ConditionalSelect(mask.v, yes.v, no.v));
    [MethodImpl(AggressiveInlining)] public static V128<T> operator &(V128<T> a, V128<T> b) => new(a.v & b.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> operator |(V128<T> a, V128<T> b) => new(a.v | b.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> operator ^(V128<T> a, V128<T> b) => new(a.v ^ b.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> operator ~(V128<T> a) => new(~a.v);
    [MethodImpl(AggressiveInlining)] public static uint Greater(V128<T> a, V128<T> b) => (uint)Vector128.GreaterThan(a.v, b.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static uint NaN(V128<T> a) => (uint)Vector128.IsNaN(a.v).ExtractMostSignificantBits();
    [MethodImpl(AggressiveInlining)] public static V128<T> Select(uint bits, V128<T> yes, V128<T> no) => Select(Mask(bits), yes, no);
    [MethodImpl(AggressiveInlining)] public static uint Signs(V128<T> a) => (uint)Vector128.ExtractMostSignificantBits(a.v);
    [MethodImpl(AggressiveInlining)] public static V128<T> Mask(uint signs) => typeof(T) == typeof(float)
        ? new(Vector128.Equals(Vector128.Create((int)signs) & Vector128.Create(1, 2, 4, 8), Vector128.Create(1, 2, 4, 8)).As<int, T>())
        : new(Vector128.Equals(Vector128.Create((long)signs) & Vector128.Create(1L, 2), Vector128.Create(1L, 2)).As<long, T>());

    [MethodImpl(AggressiveInlining)] public static double Sum(V128<T> a) => typeof(T) == typeof(float)
        ? (a.v.AsSingle()[0] + a.v.AsSingle()[2]) + (a.v.AsSingle()[1] + a.v.AsSingle()[3]) : a.v.AsDouble()[0] + a.v.AsDouble()[1];
    [MethodImpl(AggressiveInlining)] public static void Sums(byte* p, V128<T> a, V128<T> b, V128<T> c, V128<T> d)
    {
        if (typeof(T) == typeof(float))
        {
            Vector128<float> a0 = a.v.AsSingle(), b0 = b.v.AsSingle(), c0 = c.v.AsSingle(), d0 = d.v.AsSingle();
            Vector128<double> ab = (Zip.Low(a0, b0) + Zip.High(a0, b0)).AsDouble(), cd = (Zip.Low(c0, d0) + Zip.High(c0, d0)).AsDouble();
            (Zip.Low(ab, cd).AsSingle() + Zip.High(ab, cd).AsSingle()).Store((float*)p);
        }
        else
        {
            (Zip.Low(a.v.AsDouble(), b.v.AsDouble()) + Zip.High(a.v.AsDouble(), b.v.AsDouble())).Store((double*)p);
            (Zip.Low(c.v.AsDouble(), d.v.AsDouble()) + Zip.High(c.v.AsDouble(), d.v.AsDouble())).Store((double*)p + 2);
        }
    }
    [MethodImpl(AggressiveInlining)] public static double Greatest(V128<T> a) => typeof(T) == typeof(float)
        ? Math.Max(Math.Max(a.v.AsSingle()[0], a.v.AsSingle()[2]), Math.Max(a.v.AsSingle()[1], a.v.AsSingle()[3])) : Math.Max(a.v.AsDouble()[0], a.v.AsDouble()[1]);
    [MethodImpl(AggressiveInlining)] public static double Least(V128<T> a) => typeof(T) == typeof(float)
        ? Math.Min(Math.Min(a.v.AsSingle()[0], a.v.AsSingle()[2]), Math.Min(a.v.AsSingle()[1], a.v.AsSingle()[3])) : Math.Min(a.v.AsDouble()[0], a.v.AsDouble()[1]);

    [MethodImpl(AggressiveInlining)] static V128<T> Power2(V128<T> n) => typeof(T) == typeof(float)                // adding 3·2^(mantissa − 1) leaves n in the lowest bits
        ? new((((n.v.AsSingle() + Vector128.Create(12582912f)).AsInt32() << 23) + Vector128.Create(1f).AsInt32()).As<int, T>())
        : new((((n.v.AsDouble() + Vector128.Create(6755399441055744d)).AsInt64() << 52) + Vector128.Create(1d).AsInt64()).As<long, T>());
}
