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
            T* to = dw + (nint)from * rows;
            for (int o = 0; o < width; o++)
                for (int i = 0; i < inputs; i++)
                    for (int t = 0; t < taps; t++) *to++ = sums[((nint)t * inputs + i) * lanes + o];
        }
        if (db == null) return;
        PartialSums<V>.Add(source + (dw == null ? 0 : rows * pitch), pitch, 1, partialBytes, count, (byte*)sums);
        new Span<T>(sums, width).CopyTo(new(db + from, width));
    }
}
