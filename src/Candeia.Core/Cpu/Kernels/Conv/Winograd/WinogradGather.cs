using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// Adds the partial gradients, always in the same order, and takes Gᵀ·du·G back to [oc, ic, 3, 3]. An item is some input channels of a panel of
/// output channels.
/// </summary>
internal readonly unsafe struct WinogradGather<V>(
    ConvShape shape, byte* partials, nint partialBytes, nint weightBytes, int count, float* dw, float* db) : IWork where V : unmanaged, ISimd<V>
{
    const int Some = 16;                                                            // input channels of an item

    int Blocks => dw == null ? 1 : (shape.InChannels + Some - 1) / Some;

    public void Run() => Workers.Run(shape.OutChannels * V.Element / (2 * V.Size) * Blocks, this);

    public void Run(int item)
    {
        int panel = item / Blocks, block = item % Blocks, edge = 2 * V.Size, lanes = edge / V.Element;
        nint frequency = shape.InChannels * edge;
        using var scratch = Scratch.Rent((WinogradTiles.Frequencies + 9 * Some) * edge);
        byte* sums = scratch.Pointer, taps = sums + WinogradTiles.Frequencies * edge;                  // [36][lanes], [ic][3][3][lanes]
        if (block == 0 && db != null)
        {
            PartialSums<V>.Add(partials + weightBytes + panel * edge, 0, 1, partialBytes, count, sums);
            new Span<float>(sums, lanes).CopyTo(new(db + panel * lanes, lanes));
        }
        if (dw == null) return;
        int from = block * Some, channels = Min(Some, shape.InChannels - from);
        for (int i = 0; i < channels; i++)
        {
            PartialSums<V>.Add(partials + (panel * WinogradTiles.Frequencies) * frequency + (from + i) * edge, frequency, WinogradTiles.Frequencies, partialBytes, count, sums);
            Square<V, FilterAdjoint<V>, FilterAdjoint<V>>.Run(sums, 6 * edge, edge, taps + i * 9 * edge, 3 * edge, edge, 2);
        }
        for (int o = 0; o < lanes; o++)
        {
            float* to = dw + ((nint)(panel * lanes + o) * shape.InChannels + from) * 9;
            for (int i = 0; i < 9 * channels; i++) to[i] = ((float*)taps)[i * lanes + o];
        }
    }
}
