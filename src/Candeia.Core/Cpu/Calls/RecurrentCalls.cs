using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Recurrent layers on the CPU: where in the tensors' memory their rows lie.</summary>
internal static unsafe class RecurrentCalls
{
    const long BlockMost = 1 << 20;                              // numbers of gates at one time where none are kept

    /// <summary>The outputs are y, the last h and, of an LSTM, the last c; then, where they are kept, gates and states.</summary>
    public static void Forward(RecurrentOp op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        Numbers.RunFloat(outputs[0].DType, new ForwardCall(op, [.. x], [.. outputs]));

    /// <summary>The outputs are those of the op.</summary>
    public static void Gradients(RecurrentGradientsOp op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        Numbers.RunFloat(outputs[0].DType, new BackwardCall(op, [.. x], [.. outputs]));

    /// <summary>Where the rows of each step begin, and where those of the last end.</summary>
    static nint[] Starts(IReadOnlyList<int> sizes)
    {
        var starts = new nint[sizes.Count + 1];
        for (int i = 0; i < sizes.Count; i++) starts[i + 1] = starts[i] + sizes[i];
        return starts;
    }

    static RecurrentShape Shape(RecurrentOp op, nint* starts, Tensor h, Tensor weight) =>
        new(op.Kind, op.Reverse, starts, op.BatchSizes.Count, h.Shape[0], weight.Shape[0] / RecurrentShape.GatesOf(op.Kind), h.Shape[1]);

    static Tensor Memory(Shape shape, Tensor like) => Device.Cpu.Empty(Layout.Of(shape), like.DType);

    static void Copy<T>(T* from, T* to, long count) where T : unmanaged => Buffer.MemoryCopy(from, to, count * sizeof(T), count * sizeof(T));

    readonly struct ForwardCall(RecurrentOp op, Tensor[] x, Tensor[] outputs) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            var a = RecurrentInputs.Of(op, Array.ConvertAll(x, t => t.Contiguous()));
            bool lstm = op.Kind == RecurrentKind.Lstm, gru = op.Kind == RecurrentKind.Gru, keeps = outputs.Length > op.Results;
            fixed (nint* starts = Starts(op.BatchSizes))
            {
                var shape = Shape(op, starts, a.Hidden, a.WeightHh);
                int all = (int)shape.Gates, n = (int)shape.Hidden;
                long most = keeps || !(lstm || gru) ? shape.Rows : Math.Max(shape.Batch, Math.Min(shape.Rows, BlockMost / Math.Max(1, all)));
                bool apart = (lstm || gru) && !keeps;                        // the gates of a plain RNN are its output
                Tensor? passing = apart ? Memory([(int)most, all], outputs[0]) : null, inner = gru && apart ? Memory([(int)most, n], outputs[0]) : null;
                Tensor gates = passing ?? (lstm || gru ? outputs[op.Results] : outputs[0]);
                Tensor bias = Memory([all], outputs[0]);
                inner ??= gru ? outputs[op.Results + 1] : null;
                using var p = Pins.Of(a.X, a.Hidden, a.Cell, a.WeightIh, a.WeightHh, a.BiasIh, a.BiasHh, a.Projection, gates, inner,
                    lstm && keeps ? outputs[op.Results + 1] : null, outputs[0], outputs[1], lstm ? outputs[2] : null, bias);
                Copy(p.At<T>(1), p.At<T>(12), a.Hidden.Numel);
                if (lstm) Copy(p.At<T>(2), p.At<T>(13), a.Cell!.Numel);
                if (op.HasBias)
                    for (int i = 0; i < all; i++) p.At<T>(14)[i] = gru && i >= 2 * n ? p.At<T>(5)[i] : p.At<T>(5)[i] + p.At<T>(6)[i];
                int inputs = a.X.Shape[1];
                Product products = new()
                {
                    M = shape.Rows, N = all, K = inputs, A = p.At<T>(0), ARow = inputs, AStep = 1, B = p.At<T>(3), BStep = 1, BColumn = inputs,
                    C = p.At<T>(8), CRow = all, Bias = op.HasBias ? p.At<T>(14) : null,
                };
                RecurrentForward.Run(shape, products, (nint)most, p.At<T>(9), p.At<T>(10), p.At<T>(4), gru && op.HasBias ? p.At<T>(6) + 2 * n : null, p.At<T>(7),
                    p.At<T>(11), p.At<T>(12), p.At<T>(13), keeps ? default : new(a.WeightHh, a.Projection));
                bias.Storage.Release();
                passing?.Storage.Release();
                if (apart) inner?.Storage.Release();
            }
        }
    }

    readonly struct BackwardCall(RecurrentGradientsOp op, Tensor[] x, Tensor[] outputs) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            var forward = op.Forward;
            var all = RecurrentGradientInputs.Of(op, Array.ConvertAll(x, t => t.Contiguous()));
            var (a, to) = (all.Inputs, RecurrentGradientOutputs.Of(op, outputs));
            bool lstm = forward.Kind == RecurrentKind.Lstm, gru = forward.Kind == RecurrentKind.Gru;
            fixed (nint* starts = Starts(forward.BatchSizes))
            {
                var shape = Shape(forward, starts, a.Hidden, a.WeightHh);
                int rows = (int)shape.Rows, gates = (int)shape.Gates, n = (int)shape.Hidden, outs = (int)shape.Outputs, inputs = a.X.Shape[1];
                int wide = gates * sizeof(T) % 4096 == 0 ? gates + 64 / sizeof(T) : gates;     // rows a page apart would have one place in the first cache
                Tensor dgates = Memory([rows, wide], outputs[0]), sums = Memory([wide], outputs[0]), before = Memory([rows, outs], outputs[0]);
                Tensor? dinner = gru ? Memory([rows, n], outputs[0]) : null, dprojected = shape.Projects ? Memory([rows, outs], outputs[0]) : null;
                Tensor? whole = shape.Projects ? Memory([rows, n], outputs[0]) : null;
                using var p = Pins.Of(all.Dy, all.Dh, all.Dc, all.Y, all.Gates, gru ? all.Second : null, lstm ? all.Second : null, to.Hidden, to.Cell, dgates, dinner,
                    dprojected, whole, before, sums);
                using var q = Pins.Of(a.X, a.Hidden, a.Cell, a.WeightIh, a.WeightHh, a.Projection, to.X, to.WeightIh, to.WeightHh, to.BiasIh, to.BiasHh, to.Projection);
                Start(p.At<T>(1), p.At<T>(7), to.Hidden.Numel);
                if (lstm) Start(p.At<T>(2), p.At<T>(8), to.Cell!.Numel);
                RecurrentBackward.Run(shape, p.At<T>(0), p.At<T>(4), p.At<T>(5), p.At<T>(6), p.At<T>(3), q.At<T>(1), q.At<T>(2), q.At<T>(4), q.At<T>(5), p.At<T>(7),
                    p.At<T>(8), p.At<T>(9), wide, p.At<T>(10), p.At<T>(11), p.At<T>(12));
                if (to.X is not null)
                    Gemm.Run<T>(new()
                    {
                        M = rows, N = inputs, K = gates, A = p.At<T>(9), ARow = wide, AStep = 1, B = q.At<T>(3), BStep = inputs, BColumn = 1, C = q.At<T>(6), CRow = inputs,
                    });
                if (to.WeightIh is not null)
                {
                    T* states = p.At<T>(13);
                    for (nint t = 0; t < shape.Steps; t++)
                        for (nint i = 0; i < shape.Size(t); i++)
                            Copy(shape.RowBefore(t, i) is >= 0 and var row ? p.At<T>(3) + row * outs : q.At<T>(1) + i * outs, states + (starts[t] + i) * outs, outs);
                    int together = gru ? 2 * n : gates;
                    Outer(p.At<T>(9), wide, gates, q.At<T>(0), inputs, rows, q.At<T>(7));
                    Outer(p.At<T>(9), wide, together, states, outs, rows, q.At<T>(8));
                    if (gru) Outer(p.At<T>(10), n, n, states, outs, rows, q.At<T>(8) + together * outs);
                    if (shape.Projects) Outer(p.At<T>(11), outs, outs, p.At<T>(12), n, rows, q.At<T>(11));
                    if (forward.HasBias)
                    {
                        Reduce.Sum(p.At<T>(9), p.At<T>(14), 1, rows, wide);
                        Copy(p.At<T>(14), q.At<T>(9), gates);
                        Copy(p.At<T>(14), q.At<T>(10), gates);
                        if (gru) Reduce.Sum(p.At<T>(10), q.At<T>(10) + together, 1, rows, n);
                    }
                }
                foreach (var passing in (ReadOnlySpan<Tensor?>)[dgates, sums, before, dinner, dprojected, whole]) passing?.Storage.Release();
            }
        }

        /// <summary>What a gradient begins with: another, or nothing.</summary>
        static void Start<T>(T* from, T* to, long count) where T : unmanaged
        {
            if (from != null) Copy(from, to, count);
            else new Span<T>(to, checked((int)count)).Clear();
        }

        /// <summary>to = the first columns of aᵀ · b, over all rows.</summary>
        static void Outer<T>(T* a, nint aRow, nint columns, T* b, nint width, nint rows, T* to) where T : unmanaged
        {
            if (rows == 0) new Span<T>(to, checked((int)(columns * width))).Clear();
            else Gemm.Run<T>(new() { M = columns, N = width, K = rows, A = a, ARow = 1, AStep = aRow, B = b, BStep = width, BColumn = 1, C = to, CRow = width });
        }
    }
}
