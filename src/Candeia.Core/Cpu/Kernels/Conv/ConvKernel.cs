using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// The loop of every direct convolution, for each height of tile. <typeparamref name="R"/> is a pixel: <see cref="Row{V}"/> or
/// <see cref="Lanes{V}"/>.
/// </summary>
internal static unsafe class ConvKernel<V, R, E> where V : unmanaged, ISimd<V> where R : unmanaged, IPixel<V> where E : struct, IEpilogue<V>
{
    static readonly int s_most = (V.Registers - 4) / 2;
    static readonly delegate*<in ConvTile, byte*, byte*, E, void>[] s_of = new delegate*<in ConvTile, byte*, byte*, E, void>[15];

    static ConvKernel()
    {
        var r1 = new R(); var r2 = On(r1, r1); var r3 = On(r2, r1); var r4 = On(r2, r2); var r5 = On(r3, r2); var r6 = On(r3, r3);
        var r7 = On(r4, r3);
        Add(r1); Add(r2); Add(r3); Add(r4); Add(r5); Add(r6); Add(r7);
        Add(On(r4, r4)); Add(On(r5, r4)); Add(On(r5, r5)); Add(On(r6, r5)); Add(On(r6, r6)); Add(On(r7, r6)); Add(On(r7, r7));
    }
    static Stack<V, A, B> On<A, B>(A top, B bottom) where A : unmanaged, ITile<V> where B : unmanaged, ITile<V> => default;
    static void Add<TTile>(TTile _) where TTile : unmanaged, ITile<V> => s_of[TTile.Rows] = &Run<TTile>;

    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Run<TTile>(in ConvTile t, byte* aLine, byte* c, E epilogue) where TTile : unmanaged, ITile<V>
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
        tile.Store(c, t.CRow, epilogue);
    }

    /// <summary>Any number of pixels, in tiles as equal as possible.</summary>
    public static void Pixels(in ConvTile t, byte* a, byte* c, int pixels, E epilogue)
    {
        for (int tiles = (pixels + s_most - 1) / s_most; tiles > 0; tiles--)
        {
            int n = (pixels + tiles - 1) / tiles;
            s_of[n](t, a, c, epilogue);
            a += n * t.ARow; c += n * t.CRow; pixels -= n;
        }
    }
}
