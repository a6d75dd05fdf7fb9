using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

internal static unsafe class Kernel<V, E> where V : unmanaged, ISimd<V> where E : struct, IEpilogue<V>
{
    /// <summary>The tallest tile: two registers per row, two for B, one to broadcast, one spare. 14 on AVX-512, 6 on AVX2.</summary>
    public static readonly int MaxRows = (V.Registers - 4) / 2;

    /// <summary>The kernel of each height, and the same for pooled convolutions.</summary>
    public static readonly delegate*<in Contraction, E, void>[] Of = new delegate*<in Contraction, E, void>[15], Pooled = new delegate*<in Contraction, E, void>[4];

    static Kernel()
    {
        var r1 = new Row<V>(); var r2 = On(r1, r1); var r3 = On(r2, r1); var r4 = On(r2, r2); var r5 = On(r3, r2); var r6 = On(r3, r3); var r7 = On(r4, r3);
        Add(Of, r1); Add(Of, r2); Add(Of, r3); Add(Of, r4); Add(Of, r5); Add(Of, r6); Add(Of, r7);
        Add(Of, On(r4, r4)); Add(Of, On(r5, r4)); Add(Of, On(r5, r5)); Add(Of, On(r6, r5)); Add(Of, On(r6, r6)); Add(Of, On(r7, r6)); Add(Of, On(r7, r7));
        var p1 = new Pool<V>(); Add(Pooled, p1); Add(Pooled, On(p1, p1)); Add(Pooled, On(On(p1, p1), p1));
    }
    static Stack<V, A, B> On<A, B>(A top, B bottom) where A : unmanaged, ITile<V> where B : unmanaged, ITile<V> => default;
    static void Add<TTile>(delegate*<in Contraction, E, void>[] to, TTile _) where TTile : unmanaged, ITile<V> => to[TTile.Outputs] = &Run<TTile>;

    [MethodImpl(AggressiveOptimization)] static void Run<TTile>(in Contraction t, E epilogue) where TTile : unmanaged, ITile<V>
    {
        TTile tile = default;
        byte* aLine = t.A, bLine = t.B;
        nint row = t.ARow, line = t.ALine, aStep = t.AStep, bStep = t.BStep;
        for (nint l = t.Lines; l > 0; l--, aLine += line, bLine += t.BLine)
        {
            byte* a = aLine, b = bLine;
            for (nint k = t.Steps; k > 0; k--, a += aStep, b += bStep)
                tile.Add(a, row, line, V.Load(b), V.Load(b + V.Size));
        }
        tile.Store(t.C, t.CRow, epilogue);
    }

    /// <summary>Runs over any number of rows in tiles as equal as possible: 31 is 11 + 10 + 10, not 14 + 14 + 3.</summary>
    public static void Rows(Contraction t, int rows, E epilogue)
    {
        for (int tiles = (rows + MaxRows - 1) / MaxRows; tiles > 0; tiles--)
        {
            int n = (rows + tiles - 1) / tiles;
            Of[n](t, epilogue);
            t.A += n * t.ARow; t.C += n * t.CRow; rows -= n;
        }
    }
}
