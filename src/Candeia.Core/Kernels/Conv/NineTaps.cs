namespace Candeia.Kernels;

/// <summary>The weight gradient of a 3×3 convolution of one channel: its nine taps are one tile, where three at a time would leave the registers half empty.</summary>
internal static unsafe class NineTaps<V> where V : unmanaged, ISimd<V>
{
    public static bool Fit(in ConvShape s) => V.Registers >= 32 && s is { InChannels: 1, KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, DilationHeight: 1, DilationWidth: 1 };

    public static void Run(in ConvTile tile, byte* a, byte* c) =>
        ConvKernel<V, Row<V>, Accumulate<V>>.Run<Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>, Below<V, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>, Stack<V, Stack<V, Row<V>, Row<V>>, Row<V>>>>>(tile, a, c, default);
}
