namespace Candeia.Kernels;

/// <summary>The weights by which the states of a recurrent layer are multiplied at each step, packed once for all steps: those of the gates, of a GRU's gate n, and of the projection.</summary>
internal readonly unsafe ref struct RecurrentWeights
{
    const nint Grain = 1 << 16;                                 // numbers that are worth an item

    readonly Scratch _scratch;
    readonly KeptWeights.Block? _kept;
    readonly nint _gates;
    readonly byte* _packed;

    RecurrentWeights(Scratch scratch, byte* packed, nint gates, KeptWeights.Block? kept)
    {
        _scratch = scratch;
        _packed = packed;
        _gates = gates;
        _kept = kept;
    }

    /// <summary>Those of the gates: for each group of as many numbers of a state as a panel holds, a panel of each gate.</summary>
    public byte* Pointer => _packed;

    /// <summary>Those of the projection.</summary>
    public byte* Projection => _packed + _gates;

    /// <summary>For the way forward.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="weight">[gates, outputs].</param>
    /// <param name="projection">[outputs, hidden], if outputs are projected.</param>
    /// <param name="source">What they are kept beside, where nothing is learnt; nothing otherwise.</param>
    public static RecurrentWeights Of<V>(in RecurrentShape shape, byte* weight, byte* projection, KeptWeights.Source source) where V : unmanaged, ISimd<V>
    {
        nint p = shape.Outputs, n = shape.Hidden, groups = (n + Width<V>() - 1) / Width<V>(), gates = groups * shape.GateCount * p * Pack<V>.Panel;
        nint bytes = gates + (shape.Projects ? PackedProduct<V>.Bytes(n, p) : 0);
        var reader = new KeptWeights.Reader(nameof(RecurrentWeights), V.Size / V.Element, (int)shape.Kind);
        var kept = source.Find(reader);
        var scratch = Scratch.Rent(kept is null ? bytes : 0);
        if (kept is not null) return new(scratch, kept.Pointer, gates, kept);
        Workers.Split(groups, Math.Max(1, Grain / Math.Max(1, p * shape.GateCount * Width<V>())), new GatesWork<V>(shape, weight, scratch.Pointer));
        if (shape.Projects) Columns<V>(projection, V.Element, n * V.Element, n, p, scratch.Pointer + gates);
        source.Offer(reader, scratch.Pointer, bytes);
        return new(scratch, scratch.Pointer, gates, null);
    }

    static nint Width<V>() where V : unmanaged, ISimd<V> => Pack<V>.Panel / V.Element;

    /// <summary><see cref="Pack{V}.Columns"/>, shared out.</summary>
    public static void Columns<V>(byte* b, nint step, nint column, nint steps, nint columns, byte* to) where V : unmanaged, ISimd<V>
    {
        nint width = Width<V>(), panels = (columns + width - 1) / width;
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
            nint width = Width<V>();
            Pack<V>.Columns(b + from * width * column, step, column, steps, Math.Min(columns, end * width) - from * width, to + from * steps * Pack<V>.Panel);
        }
    }

    readonly struct GatesWork<V>(RecurrentShape shape, byte* weight, byte* to) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint end)
        {
            nint width = Width<V>(), n = shape.Hidden, steps = shape.Outputs, row = steps * V.Element, count = shape.GateCount;
            for (nint group = from; group < end; group++)
                for (nint gate = 0; gate < count; gate++)
                    Pack<V>.Columns(weight + (gate * n + group * width) * row, V.Element, row, steps, Math.Min(width, n - group * width), to + (group * count + gate) * steps * Pack<V>.Panel);
        }
    }
}
