namespace Candeia.Kernels;

/// <summary>
/// The steps of a recurrent layer in one direction, from the products of all its inputs. Sequences do not know each other, so each thread takes some through
/// all steps, with their states in its cache and the weights packed once for all.
/// </summary>
internal static unsafe class RecurrentForward
{
    /// <param name="shape">The sizes.</param>
    /// <param name="from">The first step to compute, in the layer's direction.</param>
    /// <param name="to">Where to stop.</param>
    /// <param name="gates">The products with the inputs, and the biases: [rows, gates]; afterwards the gates after their functions. Begins with the lowest row.</param>
    /// <param name="lowest">The row at which <paramref name="gates"/>, <paramref name="inner"/> and <paramref name="cells"/> begin.</param>
    /// <param name="inner">Of a GRU: place for the state's part of gate n, [rows, hidden].</param>
    /// <param name="cells">Of an LSTM: place for the states c of all steps, or null.</param>
    /// <param name="weight">[gates, outputs].</param>
    /// <param name="innerBias">Of a GRU: the bias of the state's part of gate n, or null.</param>
    /// <param name="projection">[outputs, hidden], if outputs are projected.</param>
    /// <param name="y">[rows, outputs].</param>
    /// <param name="h">The states [batch, outputs]: those before, then those after.</param>
    /// <param name="c">Likewise [batch, hidden], of an LSTM.</param>
    public static void Run<T>(
        in RecurrentShape shape, nint from, nint to, T* gates, nint lowest, T* inner, T* cells, T* weight, T* innerBias, T* projection, T* y, T* h, T* c)
        where T : unmanaged => Simd.Run<T, Call>(new(shape, from, to, gates, lowest, inner, cells, weight, innerBias, projection, y, h, c));

    internal readonly struct Call(
        RecurrentShape shape, nint from, nint to, void* gates, nint lowest, void* inner, void* cells, void* weight, void* innerBias, void* projection,
        void* y, void* h, void* c) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint p = shape.Outputs, n = shape.Hidden, all = shape.Gates, together = shape.Kind == RecurrentKind.Gru ? 2 * n : all;
            nint first = PackedProduct<V>.Bytes(p, together), second = PackedProduct<V>.Bytes(p, all - together);
            using var packed = Scratch.Rent(first + second + (shape.Projects ? PackedProduct<V>.Bytes(n, p) : 0));
            byte* w = (byte*)weight;
            Pack<V>.Columns(w, V.Element, p * V.Element, p, together, packed.Pointer);
            if (all > together) Pack<V>.Columns(w + together * p * V.Element, V.Element, p * V.Element, p, all - together, packed.Pointer + first);
            if (shape.Projects) Pack<V>.Columns((byte*)projection, V.Element, n * V.Element, n, p, packed.Pointer + first + second);
            var work = new Work<V>(shape, from, to, (byte*)gates - lowest * all * V.Element, inner == null ? null : (byte*)inner - lowest * n * V.Element,
                cells == null ? null : (byte*)cells - lowest * n * V.Element, packed.Pointer, packed.Pointer + first, (byte*)innerBias,
                packed.Pointer + first + second, (byte*)y, (byte*)h, (byte*)c);
            Workers.Split(shape.Batch, shape.Slice, work);
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
                nint together = shape.Kind == RecurrentKind.Gru ? 2 * n : all;
                PackedProduct<V>.Run(states, output, V.Element, weight, p, now, gate, rows, together, accumulate: true);
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
