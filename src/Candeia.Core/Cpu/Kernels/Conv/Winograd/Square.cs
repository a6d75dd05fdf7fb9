using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A matrix applied to the columns of a square of registers, then one to its rows: Bᵀ·d·B and its like.</summary>
internal static unsafe class Square<V, TColumns, TRows> 
    where V : unmanaged, ISimd<V> where TColumns : ILineTransform<V> where TRows : ILineTransform<V>
{
    /// <summary>Does <paramref name="count"/> registers that lie side by side at every place of the square.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining), SkipLocalsInit]
    public static void Run(byte* from, nint row, nint column, byte* to, nint toRow, nint toColumn, int count)
    {
        byte* space = stackalloc byte[37 * V.Size];
        byte* half = (byte*)((nint)space + V.Size - 1 & -V.Size);
        for (; count > 0; count--, from += V.Size, to += V.Size)
        {
            byte* source = from, middle = half, target = to;
            for (int j = 0; j < TColumns.From; j++, source += column, middle += V.Size) TColumns.Apply(source, row, middle, TColumns.From * V.Size);
            middle = half;
            for (int i = 0; i < TColumns.To; i++, middle += TColumns.From * V.Size, target += toRow) TRows.Apply(middle, V.Size, target, toColumn);
        }
    }
}
