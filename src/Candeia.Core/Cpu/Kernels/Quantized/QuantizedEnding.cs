using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// From sums of whole numbers to fractions: (sum − zero · sum of the weights) · (scale · scale of the weights) + bias, and zero where that is negative, if asked. Each
/// step is rounded by itself, so that all registers give the same bits.
/// </summary>
internal readonly unsafe struct QuantizedEnding(int* sums, float* scales, float* bias, nint columns, bool relu)
{
    /// <summary>Some rows of a panel.</summary>
    /// <param name="from">The sums, <paramref name="width"/> in a row.</param>
    /// <param name="width">Columns of a panel.</param>
    /// <param name="column">The first column.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="how">How the numbers of each row became whole.</param>
    /// <param name="each">1, or 0 where all became so alike.</param>
    /// <param name="to">The first result.</param>
    /// <param name="toRow">Numbers from row to row of the results.</param>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Run(int* from, nint width, nint column, nint rows, Quantizing* how, nint each, float* to, nint toRow)
    {
        nint count = Math.Min(width, columns - column);
        for (; rows > 0; rows--, from += width, how += each, to += toRow)
        {
            nint i = 0;
            for (; i + 8 <= count; i += 8)
            {
                var whole = Vector256.Load(from + i) - Vector256.Load(sums + column + i) * how->Zero;
                var y = Vector256.ConvertToSingle(whole) * (Vector256.Load(scales + column + i) * how->Scale);
                if (bias != null) y += Vector256.Load(bias + column + i);
                if (relu) y = Vector256.ConditionalSelect(Vector256.LessThan(y, Vector256<float>.Zero), Vector256<float>.Zero, y);
                y.Store(to + i);
            }
            for (; i < count; i++)
            {
                float y = (float)(from[i] - sums[column + i] * how->Zero) * (scales[column + i] * how->Scale);
                if (bias != null) y += bias[column + i];
                to[i] = relu && y < 0 ? 0 : y;
            }
        }
    }
}
