using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// Products with a matrix whose columns were packed once by <see cref="Pack{V}.Columns"/>, for those who multiply by it again and again and share
/// the work out themselves: everything runs on the calling thread. Strides are in bytes. Steps go in blocks whose sums go through C in order: an element's bits depend on
/// the steps alone.
/// </summary>
internal static unsafe class PackedProduct<V> where V : unmanaged, ISimd<V>
{
    const nint Block = 256;                                     // steps of a panel that stay in the first cache while all rows meet them

    static nint Width => Pack<V>.Panel / V.Element;

    /// <summary>What a matrix of so many steps and columns takes when it is packed.</summary>
    public static nint Bytes(nint steps, nint columns) => (columns + Width - 1) / Width * steps * Pack<V>.Panel;

    /// <summary>Numbers in a row that is filled up to whole panels.</summary>
    public static nint Filled(nint columns) => (columns + Width - 1) / Width * Width;

    /// <summary>
    /// C[i, j] = Σ over k of A[i, k] · B[k, j], or that much more. Where <paramref name="filled"/>, C has room for whole panels, and what is behind its columns is
    /// written too. Who goes through the same panels time and again goes <paramref name="back"/> every other time, and finds those near that it saw last. Where only the first steps
    /// count, <paramref name="packed"/> says how many the panels have; where the panels' columns do not follow each other in C, <paramref name="apart"/> says how many bytes lead from one to the next.
    /// </summary>
    [SkipLocalsInit]
    public static void Run(
        byte* a, nint aRow, nint aStep, byte* panels, nint steps, byte* c, nint cRow, nint rows, nint columns, bool accumulate, bool filled = false, bool back = false,
        nint packed = 0, nint apart = 0)
    {
        if (rows == 0 || columns == 0) return;
        if (filled) columns = Filled(columns);
        if (apart == 0) apart = Pack<V>.Panel;
        int tall = ProductKernel<V, Write<V>>.MaxRows;
        nint tiles = (rows + tall - 1) / tall;
        var cut = new Cut(rows, tiles);
        byte* full = stackalloc byte[tall * Pack<V>.Panel];
        Product how = new() { Accumulate = accumulate };
        nint blocks = Math.Max(1, (steps + Block - 1) / Block);
        var block = new Cut(steps, blocks);
        Ending<V> begin = new(how, true, true, null), go = new(how, false, true, null);
        nint count = (columns + Width - 1) / Width, next = Math.Max(packed, steps) * Pack<V>.Panel;
        for (nint panel = 0; panel < count; panel++)
        {
            nint at = back ? count - 1 - panel : panel, j = at * Width;
            for (nint k = 0; k < blocks; k++)
            {
                nint length = block[k + 1] - block[k];
                byte* b = panels + at * next + block[k] * Pack<V>.Panel;
                byte* ahead = k < blocks - 1 ? b + length * Pack<V>.Panel : panels + (back ? at - 1 : at + 1) * next;
                for (nint tile = 0; tile < tiles; tile++)
                {
                    nint i = cut[tile];
                    var t = new ProductTile
                    {
                        Steps = length, A = a + i * aRow + block[k] * aStep, ARow = aRow, AStep = aStep, B = b, BStep = Pack<V>.Panel, C = c + i * cRow + at * apart, CRow = cRow,
                        Ahead = ahead, AheadStep = Pack<V>.Panel / (int)tiles,
                    };
                    int height = (int)(cut[tile + 1] - i);
                    ref readonly var ending = ref k == 0 ? ref begin : ref go;
                    if (columns - j >= Width) ending.Tile(t, height, 0);
                    else ending.Part(t, height, 0, columns - j, full);
                }
            }
        }
    }
}
