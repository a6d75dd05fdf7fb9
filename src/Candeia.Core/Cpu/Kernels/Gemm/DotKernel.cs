using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// Scalar products of rows of A with up to four rows of B, all contiguous: To[i, j] = Σ over k of A[i, k] · B[j, k]. Strides in bytes.
/// Meanwhile memory that lies BAhead behind the rows of B is called for, and what begins at Ahead, AheadStep further with each register.
/// </summary>
internal unsafe struct Dots { public nint Length, ARow, BRow, ToRow, BAhead, AheadStep; public int Columns; public byte* A, B, To, Ahead; }

internal static unsafe class DotKernel<V> where V : unmanaged, ISimd<V>
{
    /// <summary>The tallest tile: four registers per row, four for B, two spare. 6 on AVX-512, 2 on AVX2.</summary>
    public static readonly int MaxRows = (V.Registers - 6) / 4;

    /// <summary>The kernel of each height. It writes four columns; those beyond <see cref="Dots.Columns"/> mean nothing.</summary>
    public static readonly delegate*<in Dots, void>[] Of = new delegate*<in Dots, void>[7];

    static DotKernel()
    {
        var r1 = new DotRow<V>(); var r2 = On(r1, r1); var r3 = On(r2, r1);
        Add(r1); Add(r2); Add(r3); Add(On(r2, r2)); Add(On(r3, r2)); Add(On(r3, r3));
    }
    static DotStack<V, A, B> On<A, B>(A top, B bottom) where A : unmanaged, IDotTile<V> where B : unmanaged, IDotTile<V> => default;
    static void Add<TTile>(TTile _) where TTile : unmanaged, IDotTile<V> => Of[TTile.Rows] = &Run<TTile>;

    [MethodImpl(AggressiveOptimization | NoInlining)] static void Run<TTile>(in Dots t) where TTile : unmanaged, IDotTile<V>
    {
        TTile tile = default;
        byte* ahead = t.Ahead, a = t.A, b0 = t.B, b1 = t.Columns > 1 ? b0 + t.BRow : b0, b2 = t.Columns > 2 ? b1 + t.BRow : b0, b3 = t.Columns > 3 ? b2 + t.BRow : b0;
        nint row = t.ARow, left = t.Length, next = t.BAhead, aheadStep = t.AheadStep, lanes = V.Size / V.Element;
        if (next == 0)                                                       // a call is a load, and loads are what small tiles have most of
            for (; left >= lanes; left -= lanes, a += V.Size, b0 += V.Size, b1 += V.Size, b2 += V.Size, b3 += V.Size)
                tile.Add(a, row, V.Load(b0), V.Load(b1), V.Load(b2), V.Load(b3));
        for (; left >= lanes; left -= lanes, a += V.Size, b0 += V.Size, b1 += V.Size, b2 += V.Size, b3 += V.Size)
        {
            tile.Add(a, row, V.Load(b0), V.Load(b1), V.Load(b2), V.Load(b3));
            V.Prefetch(b0 + next);
            V.Prefetch(b1 + next);
            V.Prefetch(b2 + next);
            V.Prefetch(b3 + next);
            V.Prefetch(ahead);
            ahead += aheadStep;
        }
        if (left > 0) tile.AddPart(a, row, (int)left, V.LoadPart(b0, (int)left), V.LoadPart(b1, (int)left), V.LoadPart(b2, (int)left), V.LoadPart(b3, (int)left));
        tile.Store(t.To, t.ToRow);
    }
}
