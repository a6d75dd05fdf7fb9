namespace Candeia.Kernels;

/// <summary>
/// G·w·Gᵀ of packed weights, [panel][3][3][inner][lanes] → [panel][36][inner][lanes]. <paramref name="reversed"/> says that the taps stand in reverse
/// order, as <see cref="PackTransposed{T}"/> leaves them.
/// One item is one panel.
/// </summary>
internal readonly unsafe struct WinogradFilter<V>(byte* packed, int inner, bool reversed, byte* to) : IWork where V : unmanaged, ISimd<V>
{
    public void Run(int item)
    {
        nint edge = 2 * V.Size, tap = inner * edge;
        byte* from = packed + item * 9 * tap + (reversed ? 8 * tap : 0), target = to + item * WinogradTiles.Frequencies * tap;
        if (reversed) tap = -tap;
        for (int i = 0; i < inner; i++, from += edge, target += edge)
            Square<V, FilterTransform<V>, FilterTransform<V>>.Run(from, 3 * tap, tap, target, 6 * inner * edge, inner * edge, 2);
    }
}
