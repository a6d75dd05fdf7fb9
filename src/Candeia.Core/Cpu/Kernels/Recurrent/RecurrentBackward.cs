namespace Candeia.Kernels;

/// <summary>The steps of a recurrent layer backwards: the gradients of the gates of all rows, from which those of weights and inputs are one product each.</summary>
internal static unsafe class RecurrentBackward
{
    /// <param name="shape">The sizes.</param>
    /// <param name="dy">The gradient of the outputs [rows, outputs], or null.</param>
    /// <param name="gates">The gates after their functions [rows, gates]; of a plain RNN its outputs.</param>
    /// <param name="inner">Of a GRU: the state's part of gate n, [rows, hidden].</param>
    /// <param name="cells">Of an LSTM: the states c of all steps.</param>
    /// <param name="y">The outputs.</param>
    /// <param name="h0">The first states [batch, outputs].</param>
    /// <param name="c0">Those of the cells [batch, hidden], of an LSTM.</param>
    /// <param name="weight">[gates, outputs].</param>
    /// <param name="projection">[outputs, hidden], if outputs are projected.</param>
    /// <param name="dh">The gradient of the last states [batch, outputs], which becomes that of the first.</param>
    /// <param name="dc">Likewise [batch, hidden], of an LSTM.</param>
    /// <param name="dgates">Place for the gradients of the gates before their functions: [rows, gates].</param>
    /// <param name="dinner">Of a GRU: place for that of the state's part of gate n, [rows, hidden].</param>
    /// <param name="dprojected">Place for the gradients of all outputs, [rows, outputs], if these are projected.</param>
    /// <param name="whole">Place for the outputs before projection, [rows, hidden].</param>
    public static void Run<T>(
        in RecurrentShape shape, T* dy, T* gates, T* inner, T* cells, T* y, T* h0, T* c0, T* weight, T* projection, T* dh, T* dc, T* dgates, T* dinner,
        T* dprojected, T* whole) where T : unmanaged =>
        Simd.Run<T, Call>(new(shape, dy, gates, inner, cells, y, h0, c0, weight, projection, dh, dc, dgates, dinner, dprojected, whole));

    internal readonly struct Call(
        RecurrentShape shape, void* dy, void* gates, void* inner, void* cells, void* y, void* h0, void* c0, void* weight, void* projection, void* dh, void* dc,
        void* dgates, void* dinner, void* dprojected, void* whole) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint p = shape.Outputs, n = shape.Hidden, all = shape.Gates, together = shape.Together;
            nint first = PackedProduct<V>.Bytes(together, p), second = all > together ? PackedProduct<V>.Bytes(all - together, p) : 0;
            using var packed = Scratch.Rent(first + second + (shape.Projects ? PackedProduct<V>.Bytes(p, n) : 0));
            nint row = p * V.Element;
            RecurrentWeights.Columns<V>((byte*)weight, row, V.Element, together, p, packed.Pointer);
            if (all > together) RecurrentWeights.Columns<V>((byte*)weight + together * row, row, V.Element, all - together, p, packed.Pointer + first);
            if (shape.Projects) RecurrentWeights.Columns<V>((byte*)projection, n * V.Element, V.Element, p, n, packed.Pointer + first + second);
            var work = new Work<V>(shape, (byte*)dy, (byte*)gates, (byte*)inner, (byte*)cells, (byte*)y, (byte*)h0, (byte*)c0, packed.Pointer,
                packed.Pointer + first, packed.Pointer + first + second, (byte*)dh, (byte*)dc, (byte*)dgates, (byte*)dinner, (byte*)dprojected, (byte*)whole);
            Workers.Split(shape.Batch, shape.Slice, work);
        }
    }

    readonly struct Work<V>(
        RecurrentShape shape, byte* dy, byte* gates, byte* inner, byte* cells, byte* y, byte* h0, byte* c0, byte* weight, byte* innerWeight, byte* projection,
        byte* dh, byte* dc, byte* dgates, byte* dinner, byte* dprojected, byte* whole) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint to)
        {
            nint n = shape.Hidden, p = shape.Outputs, all = shape.Gates;
            nint hidden = n * V.Element, output = p * V.Element, gate = all * V.Element;
            using var wide = Scratch.Rent(shape.Projects ? (to - from) * hidden : 0);
            for (nint step = shape.Steps - 1; step >= 0; step--)
            {
                nint t = shape.Step(step), row = shape.Starts[t] + from, rows = Math.Min(to, shape.Size(t)) - from;
                if (rows <= 0) continue;
                byte* states = dh + from * output, now = dgates + row * gate;
                if (dy != null) for (nint i = 0; i < rows; i++) GateRows<V>.Add(states + i * output, dy + (row + i) * output, p);
                if (shape.Projects)
                {
                    Buffer.MemoryCopy(states, dprojected + row * output, rows * output, rows * output);
                    PackedProduct<V>.Run(states, output, V.Element, projection, p, wide.Pointer, hidden, rows, n, accumulate: false);
                }
                for (nint i = 0; i < rows; i++)
                {
                    byte* g = gates + (row + i) * gate, d = shape.Projects ? wide.Pointer + i * hidden : states + i * output, dg = now + i * gate;
                    nint before = shape.RowBefore(t, from + i);
                    switch (shape.Kind)
                    {
                        case RecurrentKind.Lstm:
                            byte* c = cells + (row + i) * hidden;
                            if (shape.Projects) GateRows<V>.LstmOutput(g + 3 * hidden, c, whole + (row + i) * hidden, n);
                            GateRows<V>.LstmBackward(g, c, before < 0 ? c0 + (from + i) * hidden : cells + before * hidden, d, dc + (from + i) * hidden, dg, n);
                            break;
                        case RecurrentKind.Gru:
                            GateRows<V>.GruBackward(g, inner + (row + i) * hidden, before < 0 ? h0 + (from + i) * output : y + before * output, d, dg,
                                dinner + (row + i) * hidden, n);
                            break;
                        case RecurrentKind.Tanh:
                            GateRows<V>.TanhBackward(g, d, dg, n);
                            break;
                        default:
                            GateRows<V>.ReluBackward(g, d, dg, n);
                            break;
                    }
                }
                bool gru = shape.Kind == RecurrentKind.Gru;                  // whose state also goes on past the gates
                PackedProduct<V>.Run(now, gate, V.Element, weight, shape.Together, states, output, rows, p, accumulate: gru, back: (step & 1) != 0);
                if (gru) PackedProduct<V>.Run(dinner + row * hidden, hidden, V.Element, innerWeight, n, states, output, rows, p, accumulate: true);
            }
        }
    }
}
