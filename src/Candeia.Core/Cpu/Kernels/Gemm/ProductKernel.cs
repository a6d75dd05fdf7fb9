using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// C[i, j] = Σ over steps k of A[i·ARow + k·AStep] · B[k·BStep + j], where j runs over two registers. All strides in bytes.
/// Meanwhile memory from Ahead on is called for, AheadStep further at each step.
/// </summary>
internal unsafe struct ProductTile { public nint Steps, ARow, AStep, BStep, CRow, AheadStep; public byte* A, B, C, Ahead; }

/// <summary>The loop of the matrix product, for each height of tile.</summary>
internal static unsafe class ProductKernel<V, E> where V : unmanaged, ISimd<V> where E : struct, IEpilogue<V>
{
    /// <summary>The tallest tile: two registers per row, two for B, one to broadcast, one spare. 14 on AVX-512, 6 on AVX2.</summary>
    public static readonly int MaxRows = (V.Registers - 4) / 2;

    /// <summary>The kernel of each height; compiled when it is first called.</summary>
    public static readonly delegate*<in ProductTile, E, void>[] Of = new delegate*<in ProductTile, E, void>[15];

    static ProductKernel()
    {
        var r1 = new Row<V>(); var r2 = On(r1, r1); var r3 = On(r2, r1); var r4 = On(r2, r2); var r5 = On(r3, r2); var r6 = On(r3, r3); var r7 = On(r4, r3);
        Add(r1); Add(r2); Add(r3); Add(r4); Add(r5); Add(r6); Add(r7);
        Add(On(r4, r4)); Add(On(r5, r4)); Add(On(r5, r5)); Add(On(r6, r5)); Add(On(r6, r6)); Add(On(r7, r6)); Add(On(r7, r7));
    }
    static Stack<V, A, B> On<A, B>(A top, B bottom) where A : unmanaged, ITile<V> where B : unmanaged, ITile<V> => default;
    static void Add<TTile>(TTile _) where TTile : unmanaged, ITile<V> => Of[TTile.Rows] = &Run<TTile>;

    [MethodImpl(AggressiveOptimization | NoInlining)] static void Run<TTile>(in ProductTile t, E epilogue) where TTile : unmanaged, ITile<V>
    {
        TTile tile = default;
        byte* a = t.A, b = t.B, ahead = t.Ahead;
        nint row = t.ARow, aStep = t.AStep, bStep = t.BStep, aheadStep = t.AheadStep;
        for (nint k = t.Steps; k > 0; k--, a += aStep, b += bStep, ahead += aheadStep)
        {
            tile.Add(a, row, 0, V.Load(b), V.Load(b + V.Size));
            V.Prefetch(ahead);
        }
        tile.Store(t.C, t.CRow, epilogue);
    }
}
