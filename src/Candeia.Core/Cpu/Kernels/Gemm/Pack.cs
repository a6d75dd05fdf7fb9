using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Copies parts of matrices into the order in which the kernels read them. Strides are in bytes.</summary>
internal static unsafe class Pack<V> where V : unmanaged, ISimd<V>
{
    /// <summary>Bytes in a row of a panel of B: two registers.</summary>
    public static int Panel { [MethodImpl(AggressiveInlining)] get => 2 * V.Size; }

    /// <summary>Columns of B, as [panel][step][2 registers]; the last panel is filled up with zeros.</summary>
    public static void Columns(byte* b, nint step, nint column, nint steps, nint columns, byte* to)
    {
        nint width = Panel / V.Element, whole = columns / width;
        if (column == V.Element) Copy(b, step, steps, whole, to);
        else for (nint i = 0; i < whole; i++) Turn(b + i * width * column, column, step, width, steps, to + i * steps * Panel, Panel);
        if (columns == whole * width) return;
        b += whole * width * column;
        to += whole * steps * Panel;
        new Span<byte>(to, checked((int)(steps * Panel))).Clear();
        Turn(b, column, step, columns - whole * width, steps, to, Panel);
    }

    /// <summary>Some rows of A, as [step][row].</summary>
    public static void Rows(byte* a, nint row, nint step, nint rows, nint steps, byte* to) => Turn(a, row, step, rows, steps, to, rows * V.Element);

    const nint Ahead = 8;                                       // rows of B, which lie far apart, that are called for in advance

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Copy(byte* b, nint step, nint steps, nint panels, byte* to)
    {
        for (nint k = 0; k < steps; k++, b += step, to += Panel)
        {
            byte* from = b, row = to;
            for (nint i = 0; i < panels; i++, from += Panel, row += steps * Panel)
            {
                for (nint at = 0; at < Panel; at += 64) V.Prefetch(from + Ahead * step + at);
                V.Load(from).Store(row);
                V.Load(from + V.Size).Store(row + V.Size);
            }
        }
    }

    // to[k][i] = from[i][k]
    static void Turn(byte* from, nint row, nint step, nint rows, nint steps, byte* to, nint width)
    {
        if (row == V.Element) CopyPart(from, step, rows, steps, to, width);
        else if (step == V.Element && rows >= 4 && steps >= 4) Transpose(from, row, rows, steps, to, width);
        else Gather(from, row, step, rows, steps, to, width);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void CopyPart(byte* from, nint step, nint rows, nint steps, byte* to, nint width)
    {
        nint whole = rows * V.Element / V.Size * V.Size;
        int rest = (int)(rows - whole / V.Element);
        for (nint k = 0; k < steps; k++, from += step, to += width)
        {
            for (nint i = 0; i < whole; i += V.Size) V.Load(from + i).Store(to + i);
            if (rest > 0) V.LoadPart(from + whole, rest).StorePart(to + whole, rest);
        }
    }

    // The last block of rows, and of steps, overlaps the one before where they are not whole blocks.
    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Transpose(byte* from, nint row, nint rows, nint steps, byte* to, nint width)
    {
        nint block = V.Element == 4 ? 4 : 2;
        for (nint i = 0; i < rows; i += block)
        {
            nint on = Math.Min(i, rows - block);
            for (nint k = 0; k < steps; k += block)
            {
                nint at = Math.Min(k, steps - block);
                byte* a = from + on * row + at * V.Element, b = to + at * width + on * V.Element;
                if (V.Element == 4) Zip.Block((float*)a, row, (float*)b, width);
                else Zip.Block((double*)a, row, (double*)b, width);
            }
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Gather(byte* from, nint row, nint step, nint rows, nint steps, byte* to, nint width)
    {
        for (nint k = 0; k < steps; k++, from += step, to += width)
            if (V.Element == 4) for (nint i = 0; i < rows; i++) ((int*)to)[i] = *(int*)(from + i * row);
            else for (nint i = 0; i < rows; i++) ((long*)to)[i] = *(long*)(from + i * row);
    }
}
