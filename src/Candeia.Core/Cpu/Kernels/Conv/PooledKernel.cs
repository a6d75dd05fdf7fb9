using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The same loop for tiles of 2×2 pixels that are pooled in registers: same sums, same order.</summary>
internal static unsafe class PooledKernel<V, R, E> where V : unmanaged, ISimd<V> where R : unmanaged, IPixel<V> where E : struct, IPooling<V>
{
    // lanes load more, and the compiler has a limit
    static readonly int s_most = Math.Max(1, V.Registers / (typeof(R) == typeof(Row<V>) ? 10 : 16));
    static readonly delegate*<in ConvTile, byte*, byte*, byte*, E, void>[] s_of = new delegate*<in ConvTile, byte*, byte*, byte*, E, void>[4];

    static PooledKernel()
    {
        var q1 = new Quad<V, R>(); var q2 = On(q1, q1);
        Add(1, q1); Add(2, q2); Add(3, On(q2, q1));
    }
    static QuadStack<V, A, B> On<A, B>(A left, B right) where A : unmanaged, IQuads<V> where B : unmanaged, IQuads<V> => default;
    static void Add<TTile>(int quads, TTile _) where TTile : unmanaged, IQuads<V> => s_of[quads] = &Run<TTile>;

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Run<TTile>(in ConvTile t, byte* aLine, byte* c, byte* mask, E epilogue) where TTile : unmanaged, IQuads<V>
    {
        TTile tile = default;
        byte* bLine = t.B;
        nint row = t.ARow, down = t.ADown, aStep = t.AStep, bStep = t.BStep;
        for (nint l = t.Lines; l > 0; l--, aLine += t.ALine, bLine += t.BLine)
        {
            byte* aTap = aLine, b = bLine;
            for (nint i = t.Taps; i > 0; i--, aTap += t.ATap)
            {
                byte* a = aTap;
                for (nint k = t.Steps; k > 0; k--, a += aStep, b += bStep) tile.Add(a, row, down, V.Load(b), V.Load(b + V.Size));
            }
        }
        tile.Store(c, t.CRow, mask, t.MaskRow, epilogue);
    }

    /// <summary>Any number of pooled pixels.</summary>
    public static void Pixels(in ConvTile t, byte* a, byte* c, byte* mask, int pixels, E epilogue)
    {
        for (int tiles = (pixels + s_most - 1) / s_most; tiles > 0; tiles--)
        {
            int n = (pixels + tiles - 1) / tiles;
            s_of[n](t, a, c, mask, epilogue);
            a += 2 * n * t.ARow; c += n * t.CRow; mask += n * t.MaskRow; pixels -= n;
        }
    }
}
