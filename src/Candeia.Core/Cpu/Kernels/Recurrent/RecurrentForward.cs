namespace Candeia.Kernels;

/// <summary>
/// The steps of a recurrent layer in one direction, from the products of all its inputs, with weights that are packed once for all. A step reads its states among the outputs of the
/// step before, where nobody writes any more.
/// </summary>
internal static unsafe class RecurrentForward
{
    /// <param name="shape">The sizes.</param>
    /// <param name="inputs">The products of the inputs: all rows of A and C, of which some are computed at one time, and the biases.</param>
    /// <param name="most">Rows that have place in C, <paramref name="inner"/> and <paramref name="cells"/> at one time; all where these are kept.</param>
    /// <param name="inner">Of a GRU: place for the state's part of gate n, [rows, hidden].</param>
    /// <param name="cells">Of an LSTM: place for the states c of all steps, or null.</param>
    /// <param name="weight">[gates, outputs].</param>
    /// <param name="innerBias">Of a GRU: the bias of the state's part of gate n, or null.</param>
    /// <param name="projection">[outputs, hidden], if outputs are projected.</param>
    /// <param name="y">[rows, outputs].</param>
    /// <param name="h">The states [batch, outputs]: those before, then those after.</param>
    /// <param name="c">Likewise [batch, hidden], of an LSTM.</param>
    /// <param name="source">What packed weights are kept beside, where nothing is learnt.</param>
    public static void Run<T>(
        in RecurrentShape shape, in Product inputs, nint most, T* inner, T* cells, T* weight, T* innerBias, T* projection, T* y, T* h, T* c, KeptWeights.Source source)
        where T : unmanaged => Simd.Run<T, Call>(new(shape, inputs, most, inner, cells, weight, innerBias, projection, y, h, c, source));

    internal readonly struct Call(
        RecurrentShape shape, Product inputs, nint most, void* inner, void* cells, void* weight, void* innerBias, void* projection, void* y, void* h, void* c,
        KeptWeights.Source source) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            using var weights = RecurrentWeights.Of<V>(shape, (byte*)weight, (byte*)projection, source);
            var sharing = RecurrentSharing.Of<V>(shape);
            nint steps = shape.Steps, row = shape.Gates * V.Element, hidden = shape.Hidden * V.Element;
            for (nint from = 0, to; from < steps; from = to)
            {
                nint low = shape.Starts[shape.Step(from)], high = shape.Starts[shape.Step(from) + 1];
                for (to = from + 1; to < steps && Math.Max(high, shape.Starts[shape.Step(to) + 1]) - Math.Min(low, shape.Starts[shape.Step(to)]) <= most; to++)
                    (low, high) = (Math.Min(low, shape.Starts[shape.Step(to)]), Math.Max(high, shape.Starts[shape.Step(to) + 1]));
                Product some = inputs;
                some.M = high - low;
                some.A = (byte*)inputs.A + low * inputs.ARow * V.Element;
                nint begin = most < shape.Rows ? low : 0;                    // the row at which what has place for some begins
                some.C = (byte*)inputs.C + (low - begin) * row;
                if (some.M > 0 && some.M == shape.Rows) Gemm.By<V>(some);
                else if (some.M > 0) Blocked<V>.Run(some);                   // the way of few rows adds in another order
                var work = new Work<V>(shape, sharing, from, (byte*)inputs.C - begin * row, inner == null ? null : (byte*)inner - begin * hidden,
                    cells == null ? null : (byte*)cells - begin * hidden, weights.Pointer, (byte*)innerBias, weights.Projection, (byte*)y, (byte*)h, (byte*)c);
                Relay.Run(sharing.Chains, to - from, sharing.Parts, work);
            }
            nint output = shape.Outputs * V.Element;
            for (nint i = 0; i < shape.Batch; i++)
                if (shape.LastRow(i) is >= 0 and var last) Buffer.MemoryCopy((byte*)y + last * output, (byte*)h + i * output, output, output);
        }
    }

    readonly struct Work<V>(
        RecurrentShape shape, RecurrentSharing sharing, nint first, byte* gates, byte* inner, byte* cells, byte* weight, byte* innerBias, byte* projection,
        byte* y, byte* h, byte* c) : IRelayWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint chain, nint step, nint part)
        {
            var (from, to) = sharing.Sequences(chain);
            nint n = shape.Hidden, output = shape.Outputs * V.Element, hidden = n * V.Element, gate = shape.Gates * V.Element;
            nint t = shape.Step(first + step), row = shape.Starts[t] + from, rows = Math.Min(to, shape.Size(t)) - from;
            if (rows <= 0) return;
            nint going = shape.Going(t, from, rows);
            byte* result = y + row * output, before = going > 0 ? y + shape.RowBefore(t, from) * output : null, begun = h + (from + going) * output;
            using var whole = Scratch.Rent(shape.Projects ? rows * hidden : 0);
            bool back = (first + step & 1) != 0;                             // to and fro: what was read last is still near
            var (low, high) = sharing.Groups(part);
            for (nint i = low; i < high; i++)
            {
                nint group = back ? low + high - 1 - i : i, number = group * sharing.Width, columns = Math.Min(sharing.Width, n - number), at = number * V.Element;
                byte* now = gates + row * gate + at, m = inner == null ? null : inner + row * hidden + at, state = (shape.Projects ? whole.Pointer : result) + at;
                nint together = shape.Together / n, size = shape.Outputs * Pack<V>.Panel;
                byte* panels = weight + group * shape.GateCount * size;
                if (columns == sharing.Width) States(before, begun, going, rows, back, panels, together * columns, now, gate, hidden, true);
                else for (nint k = 0; k < together; k++) States(before, begun, going, rows, back, panels + k * size, columns, now + k * hidden, gate, 0, true);
                if (together < shape.GateCount)                              // gate n of a GRU, to which it is added later
                    States(before, begun, going, rows, back, panels + together * size, columns, m, hidden, 0, false);
                switch (shape.Kind)
                {
                    case RecurrentKind.Lstm:
                        GateRows<V>.Sigmoid(now, gate, rows, columns);
                        GateRows<V>.Sigmoid(now + hidden, gate, rows, columns);
                        GateRows<V>.Tanh(now + 2 * hidden, gate, rows, columns);
                        GateRows<V>.Sigmoid(now + 3 * hidden, gate, rows, columns);
                        GateRows<V>.Lstm(now, gate, hidden, c + from * hidden + at, cells == null ? null : cells + row * hidden + at, state, hidden, rows, columns);
                        break;
                    case RecurrentKind.Gru:
                        if (innerBias != null) GateRows<V>.Add(m, hidden, innerBias + at, 0, rows, columns);
                        GateRows<V>.Sigmoid(now, gate, rows, columns);
                        GateRows<V>.Sigmoid(now + hidden, gate, rows, columns);
                        GateRows<V>.Gru(now, gate, hidden, m, before + at, state, hidden, going, columns);
                        GateRows<V>.Gru(now + going * gate, gate, hidden, m + going * hidden, begun + at, state + going * hidden, hidden, rows - going, columns);
                        break;
                    case RecurrentKind.Tanh:                                 // gates of one kind are the output
                        GateRows<V>.Tanh(now, gate, rows, columns);
                        break;
                    default:
                        GateRows<V>.Relu(now, gate, rows, columns);
                        break;
                }
            }
            if (shape.Projects)
                PackedProduct<V>.Run(whole.Pointer, hidden, V.Element, projection, n, result, output, rows, shape.Outputs, accumulate: false);
        }

        /// <summary>What the states of a step add to the gates: those of sequences that go on, and of sequences that begin.</summary>
        void States(byte* before, byte* begun, nint going, nint rows, bool back, byte* panels, nint columns, byte* sums, nint row, nint apart, bool accumulate)
        {
            nint p = shape.Outputs, output = p * V.Element;
            if (going > 0) PackedProduct<V>.Run(before, output, V.Element, panels, p, sums, row, going, columns, accumulate, back: back, apart: apart);
            if (going < rows) PackedProduct<V>.Run(begun, output, V.Element, panels, p, sums + going * row, row, rows - going, columns, accumulate, back: back, apart: apart);
        }
    }
}
