using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// The loop of a convolution to at most four outputs, of which a register of channels would be almost empty: registers run along what is summed
/// instead. Output j's weights begin at <see cref="ConvTile.B"/> + j·<see cref="ConvTile.BStep"/> and lie there as the loop reads them; each pixel
/// gets four numbers, of which those beyond the outputs mean nothing.
/// </summary>
internal static unsafe class FewOutputs<V> where V : unmanaged, ISimd<V>
{
    public const int Most = 4;

    static readonly delegate*<in ConvTile, int, byte*, byte*, void>[] s_of = new delegate*<in ConvTile, int, byte*, byte*, void>[7];

    static FewOutputs()
    {
        var r1 = new DotRow<V>(); var r2 = On(r1, r1); var r3 = On(r2, r1);
        Add(r1); Add(r2); Add(r3); Add(On(r2, r2)); Add(On(r3, r2)); Add(On(r3, r3));
    }
    static DotStack<V, A, B> On<A, B>(A top, B bottom) where A : unmanaged, IDotTile<V> where B : unmanaged, IDotTile<V> => default;
    static void Add<TTile>(TTile _) where TTile : unmanaged, IDotTile<V> => s_of[TTile.Rows] = &Run<TTile>;

    /// <summary>Whether so many outputs of so many inputs are worth it: a register must be full of what is summed.</summary>
    public static bool Suit(int outputs, int inputs) => V.Size > V.Element && outputs <= Most && inputs >= V.Size / V.Element;

    /// <summary>Any number of pixels, in tiles as equal as possible.</summary>
    public static void Pixels(in ConvTile t, int outputs, byte* a, byte* c, int pixels)
    {
        for (int tiles = (pixels + DotKernel<V>.MaxRows - 1) / DotKernel<V>.MaxRows; tiles > 0; tiles--)
        {
            int n = (pixels + tiles - 1) / tiles;
            s_of[n](t, outputs, a, c);
            a += n * t.ARow; c += n * t.CRow; pixels -= n;
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Run<TTile>(in ConvTile t, int outputs, byte* aLine, byte* c) where TTile : unmanaged, IDotTile<V>
    {
        TTile tile = default;
        byte* b0 = t.B, b1 = outputs > 1 ? b0 + t.BStep : b0, b2 = outputs > 2 ? b1 + t.BStep : b0, b3 = outputs > 3 ? b2 + t.BStep : b0;
        nint row = t.ARow, lanes = V.Size / V.Element;
        for (nint l = t.Lines; l > 0; l--, aLine += t.ALine)
        {
            byte* aTap = aLine;
            for (nint i = t.Taps; i > 0; i--, aTap += t.ATap)
            {
                byte* a = aTap;
                nint left = t.Steps;
                for (; left >= lanes; left -= lanes, a += V.Size, b0 += V.Size, b1 += V.Size, b2 += V.Size, b3 += V.Size)
                    tile.Add(a, row, V.Load(b0), V.Load(b1), V.Load(b2), V.Load(b3));
                if (left == 0) continue;
                int rest = (int)left;
                tile.AddPart(a, row, rest, V.LoadPart(b0, rest), V.LoadPart(b1, rest), V.LoadPart(b2, rest), V.LoadPart(b3, rest));
                b0 += left * V.Element; b1 += left * V.Element; b2 += left * V.Element; b3 += left * V.Element;
            }
        }
        tile.Store(c, t.CRow);
    }
}
