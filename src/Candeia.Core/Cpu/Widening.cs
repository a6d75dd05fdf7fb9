namespace Candeia;

/// <summary>
/// How ops that compute with float32 and complex128 take what is only stored: the operands are widened before, and the results are rounded after, some rows
/// at a time where an op allows it. Elementwise ops need none of this, see <see cref="Runs"/>.
/// </summary>
internal static class Widening
{
    internal const long Most = 1 << 20;                                      // elements that are wide at a time, if the op can be cut into rows

    /// <summary>Runs an op's own code on operands in the memory of this process; results that are written in place have values that the op may read.</summary>
    public static void Compute(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, bool isInPlace)
    {
        if (op.TakesNarrow || !AnyNarrow(x) && !AnyNarrow(y)) op.Compute(x, y);
        else if (isInPlace || !TryRows(op, x, y)) Whole(op, x, y, isInPlace);
    }

    /// <summary>All operands at once.</summary>
    static void Whole(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, bool isInPlace)
    {
        Tensor[] inputs = x.ToArray(), outputs = y.ToArray();
        for (int i = 0; i < outputs.Length; i++) if (IsNarrow(y[i])) outputs[i] = Widened(y[i], reads: isInPlace);
        for (int i = 0; i < inputs.Length; i++) if (IsNarrow(x[i])) inputs[i] = y.IndexOf(x[i]) is >= 0 and var same ? outputs[same] : Widened(x[i], reads: true);
        op.Compute(inputs, outputs);
        for (int i = 0; i < outputs.Length; i++) if (outputs[i] != y[i]) CopyOp.Into(y[i], outputs[i]);
        Release(inputs, x);
        Release(outputs, y);
    }

    /// <summary>Some rows after the others; what all rows need is widened once.</summary>
    static bool TryRows(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        if (y[0].Rank == 0 || y[0].Shape[0] <= 1) return false;
        int rows = y[0].Shape[0];
        bool[] isByRow = new bool[x.Length];
        long elements = 0;
        for (int i = 0; i < x.Length; i++)
            if (isByRow[i] = op.IsByRow(x, y[0], i)) elements += x[i].Numel;
        if (!isByRow.Contains(true)) return false;
        foreach (var output in y)
        {
            if (output.Rank == 0 || output.Shape[0] != rows || !Rows(output, 0, 1).Layout.IsDense) return false;
            elements += output.Numel;
        }
        int step = (int)Math.Min(rows, Math.Max(1, Most * rows / Math.Max(1, elements)));
        if (step == rows) return false;
        Tensor[] shared = x.ToArray(), inputs = new Tensor[x.Length], outputs = new Tensor[y.Length];
        for (int i = 0; i < shared.Length; i++) if (!isByRow[i] && IsNarrow(x[i])) shared[i] = Widened(x[i], reads: true);
        for (int from = 0; from < rows; from += step)
        {
            int count = Math.Min(step, rows - from);
            for (int i = 0; i < inputs.Length; i++) inputs[i] = isByRow[i] ? Rows(x[i], from, count) : shared[i];
            for (int i = 0; i < outputs.Length; i++) outputs[i] = Rows(y[i], from, count);
            Whole(op, inputs, outputs, isInPlace: false);
        }
        Release(shared, x);
        return true;
    }

    /// <summary>Some indices of the first dimension.</summary>
    static Tensor Rows(Tensor x, int from, int count)
    {
        var layout = x.Layout;
        var shape = Shape.Create([count, .. layout.Shape.Sizes[1..]]);
        return new(x.Storage, new Layout(shape, layout.Strides, layout.Offset + from * layout.Strides[0]), x.DType);
    }

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

    static bool IsNarrow(Tensor tensor) => tensor.DType.Wide() != tensor.DType;
}
