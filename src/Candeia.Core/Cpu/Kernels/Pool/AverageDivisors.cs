using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// What the sum of each window is divided by, as PyTorch counts: padding counts if asked for, what CeilMode adds behind it never does.
/// </summary>
internal static class AverageDivisors
{
    public static unsafe void Fill<T>(in PoolShape s, T* divisors) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int oy = 0; oy < s.OutHeight; oy++)
            for (int ox = 0; ox < s.OutWidth; ox++)
            {
                int count = Count(oy, s.StrideHeight, s.PaddingHeight, s.KernelHeight, s.Height, s.CountIncludePad)
                    * Count(ox, s.StrideWidth, s.PaddingWidth, s.KernelWidth, s.Width, s.CountIncludePad);
                *divisors++ = T.CreateTruncating(s.DivisorOverride != 0 ? s.DivisorOverride : Math.Max(1, count));
            }
    }

    static int Count(int index, int stride, int padding, int kernel, int size, bool includePad)
    {
        int from = index * stride - padding, to = Math.Min(from + kernel, size + padding);
        return includePad ? to - from : Math.Max(0, Math.Min(to, size) - Math.Max(from, 0));
    }
}
