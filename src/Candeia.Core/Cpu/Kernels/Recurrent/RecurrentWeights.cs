namespace Candeia.Kernels;

/// <summary>The weights by which the states of a recurrent layer are multiplied at each step, packed once for all steps: those of the gates, of a GRU's gate n, and of the projection.</summary>
internal readonly unsafe ref struct RecurrentWeights
{
    const nint Grain = 1 << 16;                                 // numbers that are worth an item

    readonly Scratch _scratch;
    readonly KeptWeights.Block? _kept;
    readonly byte* _packed;

    RecurrentWeights(Scratch scratch, byte* packed, KeptWeights.Block? kept)
    {
        _scratch = scratch;
        _packed = packed;
        _kept = kept;
    }

    /// <summary>The first of them; the others follow.</summary>
    public byte* Pointer => _packed;

    /// <summary>For the way forward.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="weight">[gates, outputs].</param>
    /// <param name="projection">[outputs, hidden], if outputs are projected.</param>
    /// <param name="source">What they are kept beside, where nothing is learnt; nothing otherwise.</param>
    public static RecurrentWeights Of<V>(in RecurrentShape shape, byte* weight, byte* projection, KeptWeights.Source source) where V : unmanaged, ISimd<V>
    {
        nint p = shape.Outputs, n = shape.Hidden, all = shape.Gates, together = shape.Together, row = p * V.Element;
        var (first, second, third) = Bytes<V>(shape);
        var reader = new KeptWeights.Reader(nameof(RecurrentWeights), V.Size / V.Element, (int)shape.Kind);
        var kept = source.Find(reader);
        var scratch = Scratch.Rent(kept is null ? first + second + third : 0);
        if (kept is not null) return new(scratch, kept.Pointer, kept);
        Columns<V>(weight, V.Element, row, p, together, scratch.Pointer);
        if (all > together) Columns<V>(weight + together * row, V.Element, row, p, all - together, scratch.Pointer + first);
        if (shape.Projects) Columns<V>(projection, V.Element, n * V.Element, n, p, scratch.Pointer + first + second);
        source.Offer(reader, scratch.Pointer, first + second + third);
        return new(scratch, scratch.Pointer, null);
    }

    /// <summary>Bytes of each part, on the way forward.</summary>
    public static (nint Gates, nint Inner, nint Projection) Bytes<V>(in RecurrentShape shape) where V : unmanaged, ISimd<V> =>
        (PackedProduct<V>.Bytes(shape.Outputs, shape.Together), PackedProduct<V>.Bytes(shape.Outputs, shape.Gates - shape.Together),
            shape.Projects ? PackedProduct<V>.Bytes(shape.Hidden, shape.Outputs) : 0);

    /// <summary><see cref="Pack{V}.Columns"/>, shared out.</summary>
    public static void Columns<V>(byte* b, nint step, nint column, nint steps, nint columns, byte* to) where V : unmanaged, ISimd<V>
    {
        nint width = Pack<V>.Panel / V.Element, panels = (columns + width - 1) / width;
        Workers.Split(panels, Math.Max(1, Grain / Math.Max(1, steps * width)), new PanelsWork<V>(b, step, column, steps, columns, to));
    }

    public void Dispose()
    {
        _scratch.Dispose();
        GC.KeepAlive(_kept);
    }

    readonly struct PanelsWork<V>(byte* b, nint step, nint column, nint steps, nint columns, byte* to) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint end)
        {
            nint width = Pack<V>.Panel / V.Element;
            Pack<V>.Columns(b + from * width * column, step, column, steps, Math.Min(columns, end * width) - from * width, to + from * steps * Pack<V>.Panel);
        }
    }
}
