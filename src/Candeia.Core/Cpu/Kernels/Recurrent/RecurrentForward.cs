namespace Candeia.Kernels;

/// <summary>
/// The steps of a recurrent layer in one direction, from the products of all its inputs. Sequences do not know each other, so each thread takes some through
/// all steps, with their states in its cache and the weights packed once for all.
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
            nint steps = shape.Steps, row = shape.Gates * V.Element, hidden = shape.Hidden * V.Element;
            var (first, second, _) = RecurrentWeights.Bytes<V>(shape);
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
                var work = new Work<V>(shape, from, to, (byte*)inputs.C - begin * row, inner == null ? null : (byte*)inner - begin * hidden,
                    cells == null ? null : (byte*)cells - begin * hidden, weights.Pointer, weights.Pointer + first, (byte*)innerBias, weights.Pointer + first + second,
                    (byte*)y, (byte*)h, (byte*)c);
                Workers.Split(shape.Batch, shape.Slice, work);
            }
        }
    }

    readonly struct Work<V>(
        RecurrentShape shape, nint first, nint last, byte* gates, byte* inner, byte* cells, byte* weight, byte* innerWeight, byte* innerBias,
        byte* projection, byte* y, byte* h, byte* c) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint to)
        {
            nint n = shape.Hidden, p = shape.Outputs, all = shape.Gates;
            nint hidden = n * V.Element, output = p * V.Element, gate = all * V.Element;
            using var whole = Scratch.Rent(shape.Projects ? (to - from) * hidden : 0);
            for (nint step = first; step < last; step++)
            {
                nint t = shape.Step(step), row = shape.Starts[t] + from, rows = Math.Min(to, shape.Size(t)) - from;
                if (rows <= 0) continue;
                byte* states = h + from * output, now = gates + row * gate;
                PackedProduct<V>.Run(states, output, V.Element, weight, p, now, gate, rows, shape.Together, accumulate: true, back: (step & 1) != 0);
                if (shape.Kind == RecurrentKind.Gru)
                    PackedProduct<V>.Run(states, output, V.Element, innerWeight, p, inner + row * hidden, hidden, rows, n, accumulate: false);
                for (nint i = 0; i < rows; i++)
                {
                    byte* g = now + i * gate, state = states + i * output, to1 = shape.Projects ? whole.Pointer + i * hidden : state;
                    switch (shape.Kind)
                    {
                        case RecurrentKind.Lstm:
                            GateRows<V>.Sigmoid(g, 2 * n);
                            GateRows<V>.Tanh(g + 2 * hidden, n);
                            GateRows<V>.Sigmoid(g + 3 * hidden, n);
                            GateRows<V>.Lstm(g, c + (from + i) * hidden, cells == null ? null : cells + (row + i) * hidden, to1, n);
                            break;
                        case RecurrentKind.Gru:
                            byte* m = inner + (row + i) * hidden;
                            if (innerBias != null) GateRows<V>.Add(m, innerBias, n);
                            GateRows<V>.Sigmoid(g, 2 * n);
                            GateRows<V>.Gru(g, m, state, n);
                            break;
                        default:
                            if (shape.Kind == RecurrentKind.Tanh) GateRows<V>.Tanh(g, n);
                            else GateRows<V>.Relu(g, n);
                            Buffer.MemoryCopy(g, state, hidden, hidden);
                            break;
                    }
                }
                if (shape.Projects) PackedProduct<V>.Run(whole.Pointer, hidden, V.Element, projection, n, states, output, rows, p, accumulate: false);
                byte* result = y + row * output;
                if (result != now) Buffer.MemoryCopy(states, result, rows * output, rows * output);      // gates of one kind are the output
            }
        }
    }
}
