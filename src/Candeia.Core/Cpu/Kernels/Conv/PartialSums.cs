using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Adds partial gradients, always in the same order, so that no bit depends on the number of threads.</summary>
internal static unsafe class PartialSums<V> where V : unmanaged, ISimd<V>
{
    /// <summary>For <paramref name="rows"/> rows of a panel, <paramref name="pitch"/> bytes apart, the sum over all copies, which lie <paramref name="partialBytes"/> apart.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Add(byte* source, nint pitch, int rows, nint partialBytes, int count, byte* to)
    {
        for (int r = 0; r < rows; r++, source += pitch, to += 2 * V.Size)
        {
            V low = V.Load(source), high = V.Load(source + V.Size);
            byte* p = source;
            for (int k = 1; k < count; k++)
            {
                p += partialBytes;
                low += V.Load(p);
                high += V.Load(p + V.Size);
            }
            low.Store(to);
            high.Store(to + V.Size);
        }
    }
}
