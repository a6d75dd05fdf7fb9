namespace Candeia.Kernels;

/// <summary>
/// Weights of eight bits in the order in which <see cref="WholeKernel{W}"/> reads them, [panel][line][step][column], and for each column their sum, by which the
/// numbers that stand for 0 are taken off again.
/// </summary>
internal readonly unsafe ref struct QuantizedWeights
{
    const nint Grain = 1 << 16;                                 // numbers that are worth an item

    readonly Scratch _scratch;
    readonly KeptWeights.Block? _kept;
    readonly byte* _packed;
    readonly nint _sums;

    QuantizedWeights(Scratch scratch, byte* packed, nint sums, KeptWeights.Block? kept)
    {
        _scratch = scratch;
        _packed = packed;
        (_sums, _kept) = (sums, kept);
    }

    /// <summary>The sums of all columns, those that only fill up the last panel too.</summary>
    public int* Sums => (int*)_packed;

    /// <summary>The panels.</summary>
    public byte* Panels => _packed + _sums;

    /// <summary>Four-byte steps in a line of so many pixels of so many channels.</summary>
    public static nint Steps<W>(nint taps, nint channels) where W : unmanaged, IWhole<W> => taps * ((channels * W.Element + 3) / 4);

    /// <summary>Packs [columns, channels, lines, taps], or finds them packed.</summary>
    public static QuantizedWeights Of<W>(sbyte* weight, nint columns, nint channels, nint lines, nint taps, KeptWeights.Source source) where W : unmanaged, IWhole<W>
    {
        nint width = WholeKernel<W>.Width, panels = (columns + width - 1) / width, panel = lines * Steps<W>(taps, channels) * 4 * width, sums = (panels * width * sizeof(int) + 63) / 64 * 64;
        var reader = new KeptWeights.Reader(nameof(QuantizedWeights), (int)width, W.Element);
        var kept = source.Find(reader);
        var scratch = Scratch.Rent(kept is null ? sums + panels * panel : 0);
        if (kept is not null) return new(scratch, kept.Pointer, sums, kept);
        Workers.Split(panels, Math.Max(1, Grain / Math.Max(1, panel)), new PackWork<W>(weight, columns, channels, lines, taps, panel, (int*)scratch.Pointer, scratch.Pointer + sums));
        source.Offer(reader, scratch.Pointer, sums + panels * panel);
        return new(scratch, scratch.Pointer, sums, null);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        GC.KeepAlive(_kept);
    }

    readonly struct PackWork<W>(sbyte* weight, nint columns, nint channels, nint lines, nint taps, nint panelBytes, int* sums, byte* panels) : IRangeWork where W : unmanaged, IWhole<W>
    {
        public void Run(nint from, nint to)
        {
            nint width = WholeKernel<W>.Width, group = 4 / W.Element, pixel = Steps<W>(1, channels) * 4 * width;      // bytes of a tap
            new Span<byte>(panels + from * panelBytes, checked((int)((to - from) * panelBytes))).Clear();
            for (nint column = from * width; column < to * width; column++)
            {
                sums[column] = 0;
                if (column >= columns) continue;
                byte* line = panels + column / width * panelBytes + column % width * 4;
                sbyte* w = weight + column * channels * lines * taps;
                int sum = 0;
                for (nint l = 0; l < lines; l++)
                    for (nint tap = 0; tap < taps; tap++, line += pixel)
                        for (nint c = 0; c < channels; c++)
                        {
                            sbyte value = w[(c * lines + l) * taps + tap];
                            byte* at = line + c / group * 4 * width + c % group * W.Element;
                            if (W.Element == 1) *(sbyte*)at = value;
                            else *(short*)at = value;
                            sum += value;
                        }
                sums[column] = sum;
            }
        }
    }
}
