using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A register of one number: the fallback.</summary>
internal readonly unsafe struct V1<T>(T v) : ISimd<V1<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly T v = v;
    public static int Size => sizeof(T); public static int Element => sizeof(T); public static int Registers => 16;

    [MethodImpl(AggressiveInlining)] public static V1<T> Load(byte* p) => new(*(T*)p);
    [MethodImpl(AggressiveInlining)] public static V1<T> LoadPart(byte* p, int count) => count > 0 ? new(*(T*)p) : default;
    [MethodImpl(AggressiveInlining)] public static V1<T> Splat(byte* p) => new(*(T*)p);
    [MethodImpl(AggressiveInlining)] public static V1<T> Const(double x) => new(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)x) : Unsafe.BitCast<double, T>(x));
    [MethodImpl(AggressiveInlining)] public void Store(byte* p) => *(T*)p = v;
    [MethodImpl(AggressiveInlining)] public void StorePart(byte* p, int count) { if (count > 0) *(T*)p = v; }
    [MethodImpl(AggressiveInlining)] public static void Prefetch(byte* p) { }

    // In software a fused multiply-add would take a hundred times as long.
    [MethodImpl(AggressiveInlining)] public static V1<T> Fma(V1<T> a, V1<T> b, V1<T> c) => System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.Arm64.IsSupported ? new(T.FusedMultiplyAdd(a.v, b.v, c.v)) : new(a.v * b.v + c.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> Max(V1<T> a, V1<T> b) => new(a.v > b.v ? a.v : b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> Min(V1<T> a, V1<T> b) => new(a.v < b.v ? a.v : b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> Abs(V1<T> a) => new(T.Abs(a.v));
    [MethodImpl(AggressiveInlining)] public static V1<T> Sqrt(V1<T> a) => new(T.Sqrt(a.v));
    [MethodImpl(AggressiveInlining)] public static V1<T> Round(V1<T> a) => typeof(T) == typeof(float)
        ? new(Unsafe.BitCast<float, T>(MathF.Round(Unsafe.BitCast<T, float>(a.v)))) : new(Unsafe.BitCast<double, T>(Math.Round(Unsafe.BitCast<T, double>(a.v))));
    [MethodImpl(AggressiveInlining)] public static V1<T> Scale(V1<T> a, V1<T> n)
    {
        V1<T> half = Round(n * Const(0.5));                   // 2ⁿ itself may be no normal number
        return a * Power2(half) * Power2(n - half);
    }
    [MethodImpl(AggressiveInlining)] public static V1<T> Exponent(V1<T> a) => typeof(T) == typeof(float)
        ? new(Unsafe.BitCast<float, T>((BitConverter.SingleToInt32Bits(Unsafe.BitCast<T, float>(a.v)) >> 23) - 127))
        : new(Unsafe.BitCast<double, T>((BitConverter.DoubleToInt64Bits(Unsafe.BitCast<T, double>(a.v)) >> 52) - 1023));
    [MethodImpl(AggressiveInlining)] public static V1<T> operator +(V1<T> a, V1<T> b) => new(a.v + b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> operator -(V1<T> a, V1<T> b) => new(a.v - b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> operator -(V1<T> a) => new(-a.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> operator *(V1<T> a, V1<T> b) => new(a.v * b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> operator /(V1<T> a, V1<T> b) => new(a.v / b.v);

    [MethodImpl(AggressiveInlining)] public static V1<T> Less(V1<T> a, V1<T> b) => Of(a.v < b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> LessOrEqual(V1<T> a, V1<T> b) => Of(a.v <= b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> Equal(V1<T> a, V1<T> b) => Of(a.v == b.v);
    [MethodImpl(AggressiveInlining)] public static V1<T> Select(V1<T> mask, V1<T> yes, V1<T> no) => Bits(mask) != 0 ? yes : no;
    [MethodImpl(AggressiveInlining)] public static V1<T> operator &(V1<T> a, V1<T> b) => Of(Bits(a) & Bits(b));
    [MethodImpl(AggressiveInlining)] public static V1<T> operator |(V1<T> a, V1<T> b) => Of(Bits(a) | Bits(b));
    [MethodImpl(AggressiveInlining)] public static V1<T> operator ^(V1<T> a, V1<T> b) => Of(Bits(a) ^ Bits(b));
    [MethodImpl(AggressiveInlining)] public static V1<T> operator ~(V1<T> a) => Of(~Bits(a));
    [MethodImpl(AggressiveInlining)] public static uint Greater(V1<T> a, V1<T> b) => a.v > b.v ? 1u : 0;
    [MethodImpl(AggressiveInlining)] public static uint NaN(V1<T> a) => T.IsNaN(a.v) ? 1u : 0;
    [MethodImpl(AggressiveInlining)] public static V1<T> Select(uint bits, V1<T> yes, V1<T> no) => (bits & 1) != 0 ? yes : no;
    [MethodImpl(AggressiveInlining)] public static uint Signs(V1<T> a) => Bits(a) < 0 ? 1u : 0;
    [MethodImpl(AggressiveInlining)] public static V1<T> Mask(uint signs) => Of((signs & 1) != 0);

    [MethodImpl(AggressiveInlining)] public static double Sum(V1<T> a) => a.Value;
    [MethodImpl(AggressiveInlining)] public static void Sums(byte* p, V1<T> a, V1<T> b, V1<T> c, V1<T> d) { a.Store(p); b.Store(p + sizeof(T)); c.Store(p + 2 * sizeof(T)); d.Store(p + 3 * sizeof(T)); }
    [MethodImpl(AggressiveInlining)] public static double Greatest(V1<T> a) => a.Value;
    [MethodImpl(AggressiveInlining)] public static double Least(V1<T> a) => a.Value;

    double Value { [MethodImpl(AggressiveInlining)] get => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(v) : Unsafe.BitCast<T, double>(v); }
    [MethodImpl(AggressiveInlining)] static V1<T> Of(bool yes) => Of(yes ? -1L : 0);
    [MethodImpl(AggressiveInlining)] static V1<T> Of(long bits) => new(typeof(T) == typeof(float) ? Unsafe.BitCast<int, T>((int)bits) : Unsafe.BitCast<long, T>(bits));
    [MethodImpl(AggressiveInlining)] static long Bits(V1<T> a) => typeof(T) == typeof(float) ? Unsafe.BitCast<T, int>(a.v) : Unsafe.BitCast<T, long>(a.v);

    [MethodImpl(AggressiveInlining)] static V1<T> Power2(V1<T> n) => typeof(T) == typeof(float)
        ? Of((int)Unsafe.BitCast<T, float>(n.v) + 127 << 23) : Of((long)Unsafe.BitCast<T, double>(n.v) + 1023 << 52);
}
