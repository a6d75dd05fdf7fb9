using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// A 3×3 convolution of one channel, the first layer of a network: nine products a sum are too few for loops around them, and lines of three leave
/// registers empty.
/// </summary>
internal static unsafe class NineTaps<V> where V : unmanaged, ISimd<V>
{
    public static bool Fit(in ConvShape s) => V.Registers >= 32
        && s is { InChannels: 1, KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 };

    /// <summary>The weight gradient: all taps are one tile.</summary>
    public static void WeightGradient(in ConvTile tile, byte* a, byte* c) =>
        ConvKernel<V, Row<V>, Accumulate<V>>.Run<
            Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>,
            Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>,
            Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>>>>(tile, a, c, default);

    /// <summary>
    /// Forward: a row of <paramref name="pixels"/> pooled pixels of one panel. The weights stay in registers, and the memory of the sixteenth pixel
    /// ahead is asked for.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void PooledForward<E>(byte* a, nint line, byte* weight, byte* c, nint pixel, byte* mask, nint maskPixel, int pixels, E finish)
        where E : struct, IPooling<V>
    {
        nint one = V.Element, edge = 2 * V.Size;
        V w0 = V.Load(weight), u0 = V.Load(weight + V.Size);
        V w1 = V.Load(weight + 1 * edge), u1 = V.Load(weight + 1 * edge + V.Size);
        V w2 = V.Load(weight + 2 * edge), u2 = V.Load(weight + 2 * edge + V.Size);
        V w3 = V.Load(weight + 3 * edge), u3 = V.Load(weight + 3 * edge + V.Size);
        V w4 = V.Load(weight + 4 * edge), u4 = V.Load(weight + 4 * edge + V.Size);
        V w5 = V.Load(weight + 5 * edge), u5 = V.Load(weight + 5 * edge + V.Size);
        V w6 = V.Load(weight + 6 * edge), u6 = V.Load(weight + 6 * edge + V.Size);
        V w7 = V.Load(weight + 7 * edge), u7 = V.Load(weight + 7 * edge + V.Size);
        V w8 = V.Load(weight + 8 * edge), u8 = V.Load(weight + 8 * edge + V.Size);
        for (; pixels > 0; pixels--, a += 2 * one, c += pixel, mask += maskPixel)
        {
            Quad<V, Row<V>> quad = default;
            V.Prefetch(c + 16 * pixel);
            V.Prefetch(c + 16 * pixel + V.Size);
            byte* b = a + line, d = b + line;
            quad.Add(a, one, line, w0, u0);
            quad.Add(a + one, one, line, w1, u1);
            quad.Add(a + 2 * one, one, line, w2, u2);
            quad.Add(b, one, line, w3, u3);
            quad.Add(b + one, one, line, w4, u4);
            quad.Add(b + 2 * one, one, line, w5, u5);
            quad.Add(d, one, line, w6, u6);
            quad.Add(d + one, one, line, w7, u7);
            quad.Add(d + 2 * one, one, line, w8, u8);
            quad.Store(c, 0, mask, 0, finish);
        }
    }

    /// <summary>
    /// The weight gradient straight from the pooled one, which is spread over its 2×2 in registers: one panel of <paramref name="rows"/> ×
    /// <paramref name="columns"/> pooled pixels.
    /// Adds to nine rows at <paramref name="c"/>, <paramref name="pitch"/> apart, and to the bias.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void PooledGradient(byte* x, nint line, byte* dy, byte* mask, nint pixel, nint maskPixel, int rows, int columns, double factor,
        byte* c, nint pitch, byte* bias)
    {
        Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>,
            Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>,
            Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>>> nine = default;
        V low = V.Load(bias), high = V.Load(bias + V.Size), scale = V.Const(factor);
        for (; rows > 0; rows--, x += 2 * line)
        {
            byte* a = x;
            for (int i = columns; i > 0; i--, a += 2 * V.Element, dy += pixel, mask += maskPixel)
            {
                V g = scale * V.Load(dy), h = scale * V.Load(dy + V.Size);
                uint word = Mask<V>.Read(mask, 0);
                V p = g & V.Mask(word), q = h & V.Mask(word >> V.Size / V.Element);
                nine.Add(a, V.Element, line, p, q);
                low += p; high += q;
                word = Mask<V>.Read(mask, 1);
                p = g & V.Mask(word); q = h & V.Mask(word >> V.Size / V.Element);
                nine.Add(a + V.Element, V.Element, line, p, q);
                low += p; high += q;
                word = Mask<V>.Read(mask, 2);
                p = g & V.Mask(word); q = h & V.Mask(word >> V.Size / V.Element);
                nine.Add(a + line, V.Element, line, p, q);
                low += p; high += q;
                word = Mask<V>.Read(mask, 3);
                p = g & V.Mask(word); q = h & V.Mask(word >> V.Size / V.Element);
                nine.Add(a + line + V.Element, V.Element, line, p, q);
                low += p; high += q;
            }
        }
        nine.Store(c, pitch, default(Accumulate<V>));
        low.Store(bias);
        high.Store(bias + V.Size);
    }
}
