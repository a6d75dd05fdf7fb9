using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Attention on the CPU: where in the tensors' memory the matrices of each head lie. Nothing is copied, whatever the strides.</summary>
internal static unsafe class AttentionCalls
{
    /// <summary>Inputs: q, k, v and perhaps a mask. Outputs: y and perhaps the logarithms of sums.</summary>
    public static void Forward(AttentionOp op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        Numbers.RunFloat(outputs[0].DType, new ForwardCall(op, x[0], x[1], x[2], x.Length > 3 ? x[3] : null, outputs[0], outputs.Length > 1 ? outputs[1] : null));

    /// <summary>Inputs: gradient, q, k, v, y, the logarithms of sums and perhaps a mask. Those gradients that have a place; of k and v both or none.</summary>
    public static void Gradients(AttentionOp op, ReadOnlySpan<Tensor> x, Tensor? dq, Tensor? dk, Tensor? dv) =>
        Numbers.RunFloat(x[0].DType, new BackwardCall(op, [.. x], dq, dk, dv));

    static AttentionShape Shape(AttentionOp op, Tensor q, Tensor k, Tensor v, Heads mask, Tensor? masked) => new()
    {
        KeyHeads = Heads(k), Group = Heads(k) == 0 ? 1 : Heads(q) / Heads(k), Queries = q.Shape[^2], Keys = k.Shape[^2], Size = q.Shape[^1], ValueSize = v.Shape[^1],
        Scale = op.Scale, Causal = op.Causal, Before = op.Before, Mask = mask, MaskIsBool = masked?.DType == DType.Bool,
        Threshold = (ulong)((1 - op.Dropout) * AttentionShape.All + 0.5), Keep = op.Dropout == 1 ? 0 : 1 / (1 - op.Dropout), Words = op.Start,
    };

    static nint Heads(Tensor x) => Heads(x.Layout);

    static nint Heads(Layout layout)
    {
        nint heads = 1;
        foreach (int size in layout.Shape.Sizes[..^2]) heads *= size;
        return heads;
    }

    static Heads Of<T>(Layout layout, T* at, nint* offsets) where T : unmanaged =>
        new((byte*)at, offsets, (nint)layout.Strides[^2] * sizeof(T), (nint)layout.Strides[^1] * sizeof(T));

    /// <summary>How many distances <see cref="Offsets"/> writes.</summary>
    static nint Matrices(Layout? layout) => layout is null ? 1 : Math.Max(1, Heads(layout));

    /// <summary>How far it is to the matrix of each head, in bytes: written where there is room, of which the rest remains.</summary>
    static nint* Offsets(ref nint* room, Layout? layout, int size)
    {
        nint* offsets = room;
        room += Matrices(layout);
        new Span<nint>(offsets, (int)(room - offsets)).Clear();
        if (layout is null) return offsets;
        var batch = layout.Shape.Sizes[..^2];
        for (nint i = 0; i < room - offsets; i++)
        {
            nint rest = i;
            for (int d = batch.Length - 1; d >= 0 && batch[d] > 0; d--)
            {
                (rest, nint index) = Math.DivRem(rest, batch[d]);
                offsets[i] += index * (nint)layout.Strides[d] * size;
            }
        }
        return offsets;
    }

    static Layout? MaskLayout(Tensor? mask, Tensor q, Tensor k) => mask?.Layout.Broadcast([.. q.Shape.Sizes[..^2], q.Shape[^2], k.Shape[^2]]);

    readonly struct ForwardCall(AttentionOp op, Tensor q, Tensor k, Tensor v, Tensor? mask, Tensor y, Tensor? sums) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(q, k, v, mask, y, sums);
            bool bits = mask?.DType == DType.Bool;
            var masked = MaskLayout(mask, q, k);
            int size = sizeof(T);
            using var distances = Scratch.Rent(sizeof(nint) * (Matrices(q.Layout) + Matrices(k.Layout) + Matrices(v.Layout) + Matrices(y.Layout) + Matrices(masked)));
            nint* room = (nint*)distances.Pointer, ms = Offsets(ref room, masked, bits ? 1 : size);
            Heads mask1 = masked is null ? default : bits ? Of(masked, p.At<byte>(3), ms) : Of(masked, p.At<T>(3), ms);
            AttentionForward.Run(Shape(op, q, k, v, mask1, mask), Of(q.Layout, p.At<T>(0), Offsets(ref room, q.Layout, size)),
                Of(k.Layout, p.At<T>(1), Offsets(ref room, k.Layout, size)), Of(v.Layout, p.At<T>(2), Offsets(ref room, v.Layout, size)),
                Of(y.Layout, p.At<T>(4), Offsets(ref room, y.Layout, size)), p.At<T>(5));
        }
    }

    readonly struct BackwardCall(AttentionOp op, Tensor[] x, Tensor? dq, Tensor? dk, Tensor? dv) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            Tensor grad = x[0], q = x[1], k = x[2], v = x[3], y = WithoutGaps(x[4]), sums = x[5].Contiguous();
            Tensor? mask = x.Length > 6 ? x[6] : null;
            using var p = Pins.Of(grad, q, k, v, y, sums, mask, dq, dk, dv);
            bool bits = mask?.DType == DType.Bool;
            var masked = MaskLayout(mask, q, k);
            int size = sizeof(T);
            using var distances = Scratch.Rent(sizeof(nint) * (Matrices(grad.Layout) + 2 * (Matrices(q.Layout) + Matrices(k.Layout) + Matrices(v.Layout)) + Matrices(y.Layout) + Matrices(masked)));
            nint* room = (nint*)distances.Pointer, ms = Offsets(ref room, masked, bits ? 1 : size);
            Heads mask1 = masked is null ? default : bits ? Of(masked, p.At<byte>(6), ms) : Of(masked, p.At<T>(6), ms);
            AttentionBackward.Run(Shape(op, q, k, v, mask1, mask), Of(q.Layout, p.At<T>(1), Offsets(ref room, q.Layout, size)),
                Of(k.Layout, p.At<T>(2), Offsets(ref room, k.Layout, size)), Of(v.Layout, p.At<T>(3), Offsets(ref room, v.Layout, size)),
                Of(y.Layout, p.At<T>(4), Offsets(ref room, y.Layout, size)), p.At<T>(5), Of(grad.Layout, p.At<T>(0), Offsets(ref room, grad.Layout, size)),
                dq is null ? default : Of(dq.Layout, p.At<T>(7), Offsets(ref room, dq.Layout, size)),
                dk is null ? default : Of(dk.Layout, p.At<T>(8), Offsets(ref room, dk.Layout, size)),
                dv is null ? default : Of(dv.Layout, p.At<T>(9), Offsets(ref room, dv.Layout, size)));
        }

        /// <summary>The rows of what was found lie without gaps, unless somebody has applied the op to other tensors.</summary>
        static Tensor WithoutGaps(Tensor y) => y.Layout.Strides[^1] == 1 ? y : y.Contiguous();
    }
}
