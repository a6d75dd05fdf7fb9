using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// To[i, j] = Σ over lines l and steps k of A[i·ARow + l·ALine + k] · B[l, k, j], where j runs over two registers and a step is four bytes. All strides in bytes; the
/// weights of a panel lie one after the other, and so do the sums.
/// </summary>
internal unsafe struct WholeTile { public nint Lines, Steps, ARow, ALine; public byte* A, B; public int* To; }

/// <summary>The loop of products of whole numbers, for each height of tile.</summary>
internal static unsafe class WholeKernel<W> where W : unmanaged, IWhole<W>
{
    /// <summary>The tallest tile: two registers per row, two for weights, one to broadcast, one for products. 6 or 14.</summary>
    public static readonly int MaxRows = (W.Registers - 4) / 2;

    /// <summary>Columns of a panel of weights.</summary>
    public static int Width { [MethodImpl(AggressiveInlining)] get => 2 * W.Lanes; }

    /// <summary>The kernel of each height.</summary>
    public static readonly delegate*<in WholeTile, void>[] Of = new delegate*<in WholeTile, void>[15];

    static WholeKernel()
    {
        var r1 = new WholeRow<W>(); var r2 = On(r1, r1); var r3 = On(r2, r1); var r4 = On(r2, r2); var r5 = On(r3, r2); var r6 = On(r3, r3); var r7 = On(r4, r3);
        Add(r1); Add(r2); Add(r3); Add(r4); Add(r5); Add(r6); Add(r7);
        Add(On(r4, r4)); Add(On(r5, r4)); Add(On(r5, r5)); Add(On(r6, r5)); Add(On(r6, r6)); Add(On(r7, r6)); Add(On(r7, r7));
    }
    static WholeStack<W, A, B> On<A, B>(A top, B bottom) where A : unmanaged, IWholeTile<W> where B : unmanaged, IWholeTile<W> => default;
    static void Add<TTile>(TTile _) where TTile : unmanaged, IWholeTile<W> => Of[TTile.Rows] = &Run<TTile>;

    [MethodImpl(AggressiveOptimization | NoInlining)] static void Run<TTile>(in WholeTile t) where TTile : unmanaged, IWholeTile<W>
    {
        TTile tile = default;
        byte* line = t.A, b = t.B;
        nint row = t.ARow;
        for (nint l = t.Lines; l > 0; l--, line += t.ALine)
        {
            byte* a = line;
            for (nint k = t.Steps; k > 0; k--, a += 4, b += 8 * W.Lanes) tile.Add(a, row, W.Load(b), W.Load(b + 4 * W.Lanes));
        }
        tile.Store(t.To);
    }
}
