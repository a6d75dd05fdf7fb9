namespace Candeia;

/// <summary>
/// How ops that compute with float32 and complex128 take what is only stored: the operands are widened before, and the results are rounded after,
/// some parts at a time where an op can be cut. Elementwise ops need none of this, see <see cref="Runs"/>.
/// </summary>
internal static class Widening
{
    /// <summary>Runs an op's own code on operands in the memory of this process; results that are written in place have values that the op may read.</summary>
    public static void Compute(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, bool isInPlace)
    {
        if (op.TakesNarrow || !AnyNarrow(x) && !AnyNarrow(y)) op.Compute(x, y);
        else if (!TryParts(op, x, y, isInPlace)) Whole(op, x, y, isInPlace);
    }

    /// <summary>All operands at once.</summary>
    static void Whole(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, bool isInPlace)
    {
        if (op.RoundsBetween)
        {
            using var scope = Scope.Begin();
            using var apart = new Apart();
            CopyOp.Into(y[0], op.OneByOne(x));
            return;
        }
        Tensor[] inputs = x.ToArray(), outputs = y.ToArray();
        for (int i = 0; i < outputs.Length; i++) if (IsNarrow(y[i]) || !y[i].Layout.IsDense) outputs[i] = Widened(y[i], reads: isInPlace);
        for (int i = 0; i < inputs.Length; i++) if (IsNarrow(x[i])) inputs[i] = y.IndexOf(x[i]) is >= 0 and var same ? outputs[same] : Widened(x[i], reads: true);
        op.Compute(inputs, outputs);
        for (int i = 0; i < outputs.Length; i++) if (outputs[i] != y[i]) CopyOp.Into(y[i], outputs[i]);
        Release(inputs, x);
        Release(outputs, y);
    }

    /// <summary>One part after the other; what all of them need is widened once.</summary>
    static bool TryParts(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, bool isInPlace)
    {
        if (op.CutOf(x, y) is not { } cut || !TrySteps(cut, x, y, out int parts, out int step)) return false;
        Tensor[] shared = x.ToArray(), joined = y.ToArray(), inputs = new Tensor[x.Length], outputs = new Tensor[y.Length];
        for (int i = 0; i < shared.Length; i++) if (cut.Inputs[i] == Cut.Whole && IsNarrow(x[i])) shared[i] = Widened(x[i], reads: true);
        for (int i = 0; i < joined.Length; i++) if (cut.Outputs[i] == Cut.Whole && IsNarrow(y[i])) joined[i] = Widened(y[i], reads: false);
        for (int from = 0; from < parts; from += step)
        {
            using var scope = Scope.Begin();                                 // what the op makes on its way
            int count = Math.Min(step, parts - from);
            for (int i = 0; i < outputs.Length; i++)
                outputs[i] = cut.Outputs[i] != Cut.Whole ? Part(y[i], cut.Outputs[i], parts, from, count) : from == 0 ? joined[i] : Like(joined[i]);
            for (int i = 0; i < inputs.Length; i++)
                inputs[i] = y.IndexOf(x[i]) is >= 0 and var same ? outputs[same]
                    : cut.Inputs[i] == Cut.Whole ? shared[i] : Part(x[i], cut.Inputs[i], parts, from, count);
            Whole(op, inputs, outputs, isInPlace);
            for (int i = 0; i < outputs.Length && from > 0; i++)
            {
                if (cut.Outputs[i] != Cut.Whole) continue;
                cut.Join!.Compute([joined[i], outputs[i]], [joined[i]]);
                outputs[i].Storage.Release();
            }
        }
        for (int i = 0; i < joined.Length; i++) if (joined[i] != y[i]) CopyOp.Into(y[i], joined[i]);
        Release(shared, x);
        Release(joined, y);
        return true;
    }

    /// <summary>How many parts there are at most, and how many of them are done at a time; false where that is all.</summary>
    static bool TrySteps(Cut cut, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, out int parts, out int step)
    {
        long elements = 0;
        int least = int.MaxValue;
        bool all = true;
        for (int i = 0; i < x.Length; i++) Count(x[i], cut.Inputs[i]);
        for (int i = 0; i < y.Length; i++) Count(y[i], cut.Outputs[i]);
        parts = least;
        step = Step(parts, elements);
        if (!all || elements == 0 || step >= parts) return false;
        for (int i = 0; i < x.Length; i++) if (cut.Inputs[i] != Cut.Whole && x[i].Shape[cut.Inputs[i]] % parts != 0) return false;
        for (int i = 0; i < y.Length; i++) if (cut.Outputs[i] != Cut.Whole && y[i].Shape[cut.Outputs[i]] % parts != 0) return false;
        return true;

        void Count(Tensor operand, int dim)
        {
            if (dim == Cut.Whole) return;
            if (!(all &= dim < operand.Rank)) return;
            least = Math.Min(least, operand.Shape[dim]);
            elements += operand.Numel;
        }
    }

    /// <summary>How many parts of some elements are wide at a time.</summary>
    internal static int Step(int parts, long elements) => (int)Math.Min(parts, Math.Max(1, Cut.Most * parts / Math.Max(1, elements)));

    /// <summary>Some indices of a dimension: those of some parts of all that there are.</summary>
    internal static Tensor Part(Tensor x, int dim, int parts, int from, int count)
    {
        var layout = x.Layout;
        int each = layout.Shape[dim] / parts;
        long offset = layout.Offset + (long)from * each * layout.Strides[dim];
        return new(x.Storage, new Layout(layout.Shape.With(dim, count * each), layout.Strides, offset), x.DType);
    }

    /// <summary>The same elements in their wide type: the tensor itself, where that is its type.</summary>
    internal static Tensor Wide(Tensor x) => IsNarrow(x) ? Widened(x, reads: true) : x;

    /// <summary>As long as this is not disposed of, ops round what they give, as if nothing were done in one pass; nobody is told of them.</summary>
    internal readonly ref struct Apart() : IDisposable
    {
        readonly Switched _noGrad = Autograd.NoGrad(), _alone = Absorption.Allow(false);
        readonly Tracing.Paused _pause = Tracing.Pause();

        public void Dispose()
        {
            _pause.Dispose();
            _alone.Dispose();
            _noGrad.Dispose();
        }
    }

    static Tensor Like(Tensor x) => Device.Cpu.Empty(x.Layout, x.DType);

    /// <summary>Gives back what was widened.</summary>
    static void Release(Tensor[] wide, ReadOnlySpan<Tensor> own)
    {
        for (int i = 0; i < wide.Length; i++) if (wide[i] != own[i]) wide[i].Storage.Release();
    }

    /// <summary>Memory for the same elements in their wide type; with their values, where those are read: fresh results have none.</summary>
    static Tensor Widened(Tensor x, bool reads)
    {
        var wide = Device.Cpu.Empty(x.Layout.Dense(), x.DType.Wide());
        if (reads) CopyOp.Into(wide, x);
        return wide;
    }

    static bool AnyNarrow(ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors) if (IsNarrow(tensor)) return true;
        return false;
    }

    internal static bool IsNarrow(Tensor tensor) => tensor.DType.Wide() != tensor.DType;
}
