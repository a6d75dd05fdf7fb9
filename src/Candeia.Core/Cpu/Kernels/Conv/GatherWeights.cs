namespace Candeia.Kernels;

/// <summary>
/// Adds the partial weight gradients, always in the same order, and turns [kh][kw][ic/groups][padded oc] back into [oc, ic/groups, kh, kw]; bias sums
/// stand behind.
/// One item is one panel of output channels.
/// </summary>
internal readonly unsafe struct GatherWeights<V, T>(ConvShape shape, Panels panels, byte* partials, nint partialBytes, int count, T* dw, T* db)
    : IWork
    where V : unmanaged, ISimd<V> where T : unmanaged
{
    const int NearBytes = 24 << 10;

    public void Run(int item)
    {
        int inputs = shape.GroupIn, taps = shape.Taps, lanes = panels.Lanes, width = panels.Width(item), from = panels.From(item),
            rows = taps * inputs;
        nint pitch = panels.Padded * sizeof(T);
        byte* source = partials + item * 2 * V.Size;
        using var scratch = Scratch.Rent((rows + 1) * 2 * V.Size);
        T* sums = (T*)scratch.Pointer;
        if (dw != null)
        {
            PartialSums<V>.Add(source, pitch, rows, partialBytes, count, (byte*)sums);
            int some = Math.Max(1, NearBytes / (taps * 2 * V.Size));         // inputs whose sums stay near for all outputs
            for (int first = 0; first < inputs; first += some)
                for (int o = 0; o < width; o++)
                {
                    T* to = dw + (nint)(from + o) * rows + first * taps;
                    for (int i = first; i < Math.Min(inputs, first + some); i++)
                        for (int t = 0; t < taps; t++) *to++ = sums[((nint)t * inputs + i) * lanes + o];
                }
        }
        if (db == null) return;
        PartialSums<V>.Add(source + (dw == null ? 0 : rows * pitch), pitch, 1, partialBytes, count, (byte*)sums);
        new Span<T>(sums, width).CopyTo(new(db + from, width));
    }
}
