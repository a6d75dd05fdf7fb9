namespace Candeia.Kernels;

/// <summary>
/// Winograd's minimal filtering F(4×4, 3×3) (Lavin and Gray 2015, arXiv:1509.09308): 36 multiplications where the direct sum has 144, at 4 to 5 times
/// its rounding error.
/// </summary>
internal static class Winograd
{
    const int LeastChannels = 32, LeastBatch = 8, LeastTiles = 16, MostWeights = 1 << 14;

    // A property of the shape alone (and the register), so that a fused convolution goes the way of a plain one.
    static bool Fits<V>(in ConvShape s) where V : unmanaged, ISimd<V> =>
        Rounding.IsWinogradAllowed && V.Element == sizeof(float) && V.Size > V.Element
        && s is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1,
            InChannels: >= LeastChannels, OutChannels: >= LeastChannels }
        && s.InChannels % (2 * V.Size / V.Element) == 0 && s.OutChannels % (2 * V.Size / V.Element) == 0;

    /// <summary>
    /// The gradients are shared out by image, and each share has a gradient of the weights, four times their size: beyond 128×128 channels
    /// <see cref="WinogradDeepBackward{V}"/> does better.
    /// </summary>
    public static bool FitsBackward<V>(in ConvShape s) where V : unmanaged, ISimd<V> =>
        s.Batch >= LeastBatch && s.InChannels * s.OutChannels <= MostWeights && Fits<V>(s);

    /// <summary>With fewer tiles the transforms of the weights, or the reading of what they have come to, cost more than the products save.</summary>
    public static bool FitsForward<V>(in ConvShape s) where V : unmanaged, ISimd<V> => Fits<V>(s) && HasTiles(s);

    /// <inheritdoc cref="FitsForward"/>
    public static bool FitsDeepBackward<V>(in ConvShape s) where V : unmanaged, ISimd<V> => Fits<V>(s) && HasTiles(s);

    static bool HasTiles(in ConvShape s) => (long)s.Batch * ((s.OutHeight / 2 * 2 + 3) / 4) * ((s.OutWidth / 2 * 2 + 3) / 4) >= LeastTiles;
}
