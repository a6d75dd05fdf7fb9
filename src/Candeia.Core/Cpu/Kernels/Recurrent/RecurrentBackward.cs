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
    /// <param name="dgatesRow">Numbers from one row of these to the next.</param>
    /// <param name="dinner">Of a GRU: place for that of the state's part of gate n, [rows, hidden].</param>
    /// <param name="dprojected">Place for the gradients of all outputs, [rows, outputs], if these are projected.</param>
    /// <param name="whole">Place for the outputs before projection, [rows, hidden].</param>
    public static void Run<T>(
        in RecurrentShape shape, T* dy, T* gates, T* inner, T* cells, T* y, T* h0, T* c0, T* weight, T* projection, T* dh, T* dc, T* dgates, nint dgatesRow, T* dinner,
        T* dprojected, T* whole) where T : unmanaged =>
        Simd.Run<T, Call>(new(shape, dy, gates, inner, cells, y, h0, c0, weight, projection, dh, dc, dgates, dgatesRow, dinner, dprojected, whole));

    internal readonly struct Call(
        RecurrentShape shape, void* dy, void* gates, void* inner, void* cells, void* y, void* h0, void* c0, void* weight, void* projection, void* dh, void* dc,
        void* dgates, nint dgatesRow, void* dinner, void* dprojected, void* whole) : ISimdCall
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
            var sharing = RecurrentSharing.Of<V>(shape);
            var work = new Work<V>(shape, sharing, (byte*)dy, (byte*)gates, (byte*)inner, (byte*)cells, (byte*)y, (byte*)h0, (byte*)c0, packed.Pointer,
                packed.Pointer + first, packed.Pointer + first + second, (byte*)dh, (byte*)dc, (byte*)dgates, dgatesRow * V.Element, (byte*)dinner, (byte*)dprojected, (byte*)whole);
            Relay.Run(sharing.Chains, shape.Steps + 1, sharing.Parts, work);
        }
    }

    readonly struct Work<V>(
        RecurrentShape shape, RecurrentSharing sharing, byte* dy, byte* gates, byte* inner, byte* cells, byte* y, byte* h0, byte* c0, byte* weight, byte* innerWeight,
        byte* projection, byte* dh, byte* dc, byte* dgates, nint dgate, byte* dinner, byte* dprojected, byte* whole) : IRelayWork where V : unmanaged, ISimd<V>
    {
        /// <summary>The state's gradient from all gates of the step that was done last, then the gates of the step before it, each in the numbers of this part.</summary>
        public void Run(nint chain, nint step, nint part)
        {
            var (from, to) = sharing.Sequences(chain);
            var (low, high) = sharing.Groups(part);
            nint now = shape.Steps - 1 - step, first = low * sharing.Width, end = Math.Min(shape.Hidden, high * sharing.Width);
            if (step > 0) States(now + 1, from, to, low, shape.Projects ? shape.Outputs : end - first);
            if (now >= 0) Gates(now, from, to, first, end - first);
        }

        void States(nint step, nint from, nint to, nint panel, nint columns)
        {
            nint t = shape.Step(step), row = shape.Starts[t] + from, rows = Math.Min(to, shape.Size(t)) - from;
            if (rows <= 0) return;
            nint output = shape.Outputs * V.Element, hidden = shape.Hidden * V.Element;
            byte* states = dh + from * output + panel * Pack<V>.Panel;
            bool gru = shape.Kind == RecurrentKind.Gru, back = (step & 1) != 0;          // whose state also goes on past the gates
            PackedProduct<V>.Run(dgates + row * dgate, dgate, V.Element, weight + panel * shape.Together * Pack<V>.Panel, shape.Together, states, output, rows, columns, gru, back: back);
            if (gru)
                PackedProduct<V>.Run(dinner + row * hidden, hidden, V.Element, innerWeight + panel * shape.Hidden * Pack<V>.Panel, shape.Hidden, states, output, rows, columns, true,
                    back: back);
        }

        void Gates(nint step, nint from, nint to, nint first, nint columns)
        {
            nint t = shape.Step(step), row = shape.Starts[t] + from, rows = Math.Min(to, shape.Size(t)) - from;
            if (rows <= 0) return;
            nint n = shape.Hidden, p = shape.Outputs, hidden = n * V.Element, output = p * V.Element, gate = shape.Gates * V.Element, at = first * V.Element;
            byte* states = dh + from * output;
            if (dy != null) GateRows<V>.Add(states + at, output, dy + row * output + at, output, rows, shape.Projects ? p : columns);
            using var wide = Scratch.Rent(shape.Projects ? rows * hidden : 0);
            if (shape.Projects)
            {
                Buffer.MemoryCopy(states, dprojected + row * output, rows * output, rows * output);
                PackedProduct<V>.Run(states, output, V.Element, projection, p, wide.Pointer, hidden, rows, n, accumulate: false);
                states = wide.Pointer;
            }
            nint going = shape.Going(t, from, rows), before = going > 0 ? shape.RowBefore(t, from) : 0;
            if (shape.Kind == RecurrentKind.Lstm && shape.Projects)
                GateRows<V>.LstmOutput(gates + row * gate + 3 * hidden, gate, cells + row * hidden, whole + row * hidden, hidden, rows, n);
            Some(row, from, going, states + at, at, cells + before * hidden, y + before * output, columns);
            row += going;
            Some(row, from + going, rows - going, states + going * hidden + at, at, c0 + (from + going) * hidden, h0 + (from + going) * output, columns);
        }

        /// <summary>Sequences that go on from the step before, or that begin here.</summary>
        void Some(nint row, nint sequence, nint rows, byte* d, nint at, byte* cBefore, byte* hBefore, nint columns)
        {
            nint hidden = shape.Hidden * V.Element, gate = shape.Gates * V.Element;
            byte* g = gates + row * gate + at, to = dgates + row * dgate + at;
            switch (shape.Kind)
            {
                case RecurrentKind.Lstm:
                    GateRows<V>.LstmBackward(g, gate, hidden, cells + row * hidden + at, cBefore + at, d, dc + sequence * hidden + at, hidden, to, dgate, rows, columns);
                    break;
                case RecurrentKind.Gru:
                    GateRows<V>.GruBackward(g, gate, hidden, inner + row * hidden + at, hBefore + at, d, dinner + row * hidden + at, hidden, to, dgate, rows, columns);
                    break;
                case RecurrentKind.Tanh:
                    GateRows<V>.TanhBackward(g, d, hidden, to, dgate, rows, columns);
                    break;
                default:
                    GateRows<V>.ReluBackward(g, d, hidden, to, dgate, rows, columns);
                    break;
            }
        }
    }
}
