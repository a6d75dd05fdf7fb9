namespace Candeia.Kernels;

/// <summary>
/// The steps of an LSTM whose weights are more than the cache of a core: each thread takes some numbers of the states through all steps, of all sequences, so that
/// it reads only its part of the weights, again and again. All threads meet after each step. Every number has the bits that it has where sequences are shared out.
/// </summary>
internal static unsafe class LstmColumns<V> where V : unmanaged, ISimd<V>
{
    const nint Cache = 512 << 10, MostSequences = 256;

    static nint Width => Pack<V>.Panel / V.Element;

    /// <summary>Whether this is the better way, for sequences of one length.</summary>
    public static bool Fits(in RecurrentShape shape) =>
        shape is { Kind: RecurrentKind.Lstm, Projects: false, Steps: > 0 } && Threads.Count > 1 && shape.Hidden % Width == 0 && shape.Hidden >= 2 * Width
        && shape.Batch <= MostSequences && shape.Size(shape.Steps - 1) == shape.Batch && shape.Gates * shape.Hidden * V.Element > Cache;

    static int Parts(in RecurrentShape shape) => (int)Math.Min(Threads.Count, shape.Hidden / Width);

    /// <summary>The numbers of a state that are an item's.</summary>
    static (nint From, nint Count) Columns(in RecurrentShape shape, int part)
    {
        var cut = new Cut(shape.Hidden / Width, Parts(shape));
        return (cut[part] * Width, (cut[part + 1] - cut[part]) * Width);
    }

    /// <summary>The steps <paramref name="from"/> … <paramref name="to"/> − 1, as <see cref="RecurrentForward"/> has them; the weights are packed by columns.</summary>
    public static void Forward(in RecurrentShape shape, nint from, nint to, byte* gates, byte* cells, byte* weight, byte* y, byte* h, byte* c)
    {
        nint state = shape.Batch * shape.Hidden * V.Element;
        byte* before = h;
        for (nint step = from; step < to; step++)
        {
            nint row = shape.Starts[shape.Step(step)];
            Workers.Run(Parts(shape), new ForwardStep(shape, row, gates, cells, weight, before, y, c));
            before = y + row * shape.Hidden * V.Element;
        }
        if (before != h) Buffer.MemoryCopy(before, h, state, state);
    }

    readonly struct ForwardStep(RecurrentShape shape, nint row, byte* gates, byte* cells, byte* weight, byte* before, byte* y, byte* c) : IWork
    {
        public void Run(int item)
        {
            var (from, count) = Columns(shape, item);
            nint hidden = shape.Hidden * V.Element, gate = shape.Gates * V.Element, at = from * V.Element, panels = shape.Hidden * Pack<V>.Panel / Width;
            byte* now = gates + row * gate + at;
            for (nint k = 0; k < 4; k++)
                PackedProduct<V>.Run(before, hidden, V.Element, weight + (k * shape.Hidden + from) * panels, shape.Hidden, now + k * hidden, gate, shape.Batch, count,
                    accumulate: true);
            for (nint i = 0; i < shape.Batch; i++)
            {
                byte* g = now + i * gate;
                nint place = (row + i) * hidden + at;
                GateRows<V>.Sigmoid(g, count);
                GateRows<V>.Sigmoid(g + hidden, count);
                GateRows<V>.Tanh(g + 2 * hidden, count);
                GateRows<V>.Sigmoid(g + 3 * hidden, count);
                GateRows<V>.Lstm(g, hidden, c + i * hidden + at, cells == null ? null : cells + place, y + place, count);
            }
        }
    }

    /// <summary>All steps backwards, as <see cref="RecurrentBackward"/> has them; the weights are packed by rows.</summary>
    public static void Backward(in RecurrentShape shape, byte* dy, byte* gates, byte* cells, byte* c0, byte* weight, byte* dh, byte* dc, byte* dgates)
    {
        for (nint step = shape.Steps - 1; step >= -1; step--) Workers.Run(Parts(shape), new BackwardStep(shape, step, dy, gates, cells, c0, weight, dh, dc, dgates));
    }

    /// <summary>What the step after this one gives to the states, and what the gates of this one make of it.</summary>
    readonly struct BackwardStep(
        RecurrentShape shape, nint step, byte* dy, byte* gates, byte* cells, byte* c0, byte* weight, byte* dh, byte* dc, byte* dgates) : IWork
    {
        public void Run(int item)
        {
            var (from, count) = Columns(shape, item);
            nint n = shape.Hidden, hidden = n * V.Element, gate = shape.Gates * V.Element, at = from * V.Element;
            if (step + 1 < shape.Steps)
                PackedProduct<V>.Run(dgates + shape.Starts[shape.Step(step + 1)] * gate, gate, V.Element, weight + from / Width * shape.Gates * Pack<V>.Panel, shape.Gates,
                    dh + at, hidden, shape.Batch, count, accumulate: false);
            if (step < 0) return;
            nint t = shape.Step(step), row = shape.Starts[t];
            for (nint i = 0; i < shape.Batch; i++)
            {
                byte* state = dh + i * hidden + at;
                nint place = (row + i) * hidden + at, before = shape.RowBefore(t, i), now = (row + i) * gate + at;
                if (dy != null) GateRows<V>.Add(state, dy + place, count);
                GateRows<V>.LstmBackward(gates + now, hidden, cells + place, before < 0 ? c0 + i * hidden + at : cells + before * hidden + at, state, dc + i * hidden + at,
                    dgates + now, count);
            }
        }
    }
}
