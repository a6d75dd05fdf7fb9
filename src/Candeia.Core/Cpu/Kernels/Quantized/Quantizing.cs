using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>How fractions become whole numbers from 0 on: round(x / scale) + zero, ties to the even one, held between 0 and the most.</summary>
internal readonly record struct Quantizing(float Scale, int Zero, int Most)
{
    /// <summary>What holds all of some numbers, and 0, as PyTorch chooses it. A scale that is not a number, where the numbers are not all finite.</summary>
    /// <param name="least">The least number.</param>
    /// <param name="greatest">The greatest.</param>
    /// <param name="most">The greatest whole number.</param>
    /// <param name="finest">The smallest scale; where it is 0, numbers that are all 0 have one of 0.1.</param>
    public static Quantizing Around(float least, float greatest, int most, float finest = 0)
    {
        if (!float.IsFinite(least) || !float.IsFinite(greatest)) return new(float.NaN, 0, most);
        double low = Math.Min(least, 0), high = Math.Max(greatest, 0);
        float scale = (float)((high - low) / most);
        scale = Math.Max(scale, finest);
        if (scale == 0 || float.IsInfinity(1 / scale)) scale = 0.1f;
        double fromLow = -low / scale, fromHigh = most - high / scale;
        double zero = Math.Abs(low / scale) < most + Math.Abs(high / scale) ? fromLow : fromHigh;
        return new(scale, (int)Math.Clamp(Math.Round(zero), 0, most), most);
    }

    /// <summary>The least and the greatest of some numbers; not a number where one of them is none.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static unsafe (float Least, float Greatest) Range(float* x, nint n)
    {
        if (n == 0) return (0, 0);
        float least = x[0], greatest = x[0];
        nint i = 0;
        if (n >= 8)
        {
            Vector256<float> low = Vector256.Load(x), high = low;
            for (i = 8; i + 8 <= n; i += 8)
            {
                var v = Vector256.Load(x + i);
                low = Vector256.Min(low, v);
                high = Vector256.Max(high, v);
            }
            for (int j = 0; j < 8; j++) (least, greatest) = (MathF.Min(least, low[j]), MathF.Max(greatest, high[j]));
        }
        for (; i < n; i++) (least, greatest) = (MathF.Min(least, x[i]), MathF.Max(greatest, x[i]));
        return (least, greatest);
    }

    /// <summary>Writes numbers of one or two bytes.</summary>
    /// <returns>Where the next one would be.</returns>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public unsafe byte* Run(float* x, nint n, byte* to, int element)
    {
        float by = 1 / Scale, low = -Zero, high = Most - Zero;
        Vector256<float> scale = Vector256.Create(by), least = Vector256.Create(low), most = Vector256.Create(high);
        var zero = Vector256.Create(Zero);
        nint i = 0;
        for (; i + 32 <= n; i += 32, to += 32 * element)
        {
            var a = Vector256.Narrow(Eight(x + i, scale, least, most, zero), Eight(x + i + 8, scale, least, most, zero));
            var b = Vector256.Narrow(Eight(x + i + 16, scale, least, most, zero), Eight(x + i + 24, scale, least, most, zero));
            if (element == 1) Vector256.Narrow(a.AsUInt16(), b.AsUInt16()).Store(to);
            else
            {
                a.Store((short*)to);
                b.Store((short*)to + 16);
            }
        }
        for (; i < n; i++, to += element)
        {
            float v = MathF.Round(x[i] * by);
            v = v > low ? v : low;
            int whole = (int)(v < high ? v : high) + Zero;
            if (element == 1) *to = (byte)whole;
            else *(short*)to = (short)whole;
        }
        return to;
    }

    [MethodImpl(AggressiveInlining)]
    static unsafe Vector256<int> Eight(float* p, Vector256<float> by, Vector256<float> least, Vector256<float> most, Vector256<int> zero) =>
        Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(Vector256.Round(Vector256.Load(p) * by), least), most)) + zero;
}
