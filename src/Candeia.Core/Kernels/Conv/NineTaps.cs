using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The weight gradient of a 3×3 convolution of one channel, the first layer of a network: its nine taps are one tile, where three at a time would leave the registers half empty.</summary>
internal static unsafe class NineTaps<V> where V : unmanaged, ISimd<V>
{
    public static bool Fit(in ConvShape s) => V.Registers >= 32 && s is { InChannels: 1, KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 };

    public static void Run(in ConvTile tile, byte* a, byte* c) => ConvKernel<V, Row<V>, Accumulate<V>>.Run<Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>, Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>>>>(tile, a, c, default);

    /// <summary>
    /// The same straight from the pooled gradient, which is spread over its 2×2 in registers: one panel of <paramref name="rows"/> × <paramref name="columns"/> pooled pixels.
    /// Adds to nine rows at <paramref name="c"/>, <paramref name="pitch"/> apart, and to the bias.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Pooled(byte* x, nint line, byte* dy, byte* mask, nint pixel, nint maskPixel, int rows, int columns, double factor, byte* c, nint pitch, byte* bias)
    {
        Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>, Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>>> nine = default;
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
