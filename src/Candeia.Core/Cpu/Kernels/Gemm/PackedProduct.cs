using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// Products with a matrix whose columns were packed once by <see cref="Pack{V}.Columns"/>, for those who multiply by it again and again and share
/// the work out themselves: everything runs on the calling thread. Strides are in bytes. An element's bits depend on the steps alone.
/// </summary>
internal static unsafe class PackedProduct<V> where V : unmanaged, ISimd<V>
{
    static nint Width => Pack<V>.Panel / V.Element;

    /// <summary>What a matrix of so many steps and columns takes when it is packed.</summary>
    public static nint Bytes(nint steps, nint columns) => (columns + Width - 1) / Width * steps * Pack<V>.Panel;

    /// <summary>Numbers in a row that is filled up to whole panels.</summary>
    public static nint Filled(nint columns) => (columns + Width - 1) / Width * Width;

    /// <summary>
    /// C[i, j] = Σ over k of A[i, k] · B[k, j], or that much more. Where <paramref name="filled"/>, C has room for whole panels, and what is behind its columns is
    /// written too. Who goes through the same panels time and again goes <paramref name="back"/> every other time, and finds those near that it saw last.
    /// </summary>
    [SkipLocalsInit]
    public static void Run(
        byte* a, nint aRow, nint aStep, byte* panels, nint steps, byte* c, nint cRow, nint rows, nint columns, bool accumulate, bool filled = false, bool back = false)
    {
        if (rows == 0 || columns == 0) return;
        if (filled) columns = Filled(columns);
        int tall = ProductKernel<V, Write<V>>.MaxRows;
        nint tiles = (rows + tall - 1) / tall;
        var cut = new Cut(rows, tiles);
        byte* full = stackalloc byte[tall * Pack<V>.Panel];
        Product how = new() { Accumulate = accumulate };
        var ending = new Ending<V>(how, true, true, null);
        nint count = (columns + Width - 1) / Width, next = steps * Pack<V>.Panel;
        for (nint panel = 0; panel < count; panel++)
        {
            nint at = back ? count - 1 - panel : panel, j = at * Width;
            byte* b = panels + at * next;
            for (nint tile = 0; tile < tiles; tile++)
            {
                nint i = cut[tile];
                var t = new ProductTile
                {
                    Steps = steps, A = a + i * aRow, ARow = aRow, AStep = aStep, B = b, BStep = Pack<V>.Panel, C = c + i * cRow + j * V.Element, CRow = cRow,
                    Ahead = back ? b - next : b + next, AheadStep = Pack<V>.Panel / (int)tiles,
                };
                int height = (int)(cut[tile + 1] - i);
                if (columns - j >= Width) ending.Tile(t, height, 0);
                else ending.Part(t, height, 0, columns - j, full);
            }
        }
    }
}
