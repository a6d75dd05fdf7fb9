namespace Candeia;

/// <summary>
/// How ops that compute with float32 and complex128 take what is only stored: the operands are widened before, and the results are rounded after. Elementwise
/// ops need none of this, see <see cref="Runs"/>.
/// </summary>
internal static class Widening
{
    /// <summary>Runs an op's own code on operands in the memory of this process; results that are written in place have values that the op may read.</summary>
    public static void Compute(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, bool isInPlace)
    {
        if (op.TakesNarrow || !AnyNarrow(x) && !AnyNarrow(y))
        {
            op.Compute(x, y);
            return;
        }
        Tensor[] inputs = x.ToArray(), outputs = y.ToArray();
        for (int i = 0; i < outputs.Length; i++) if (IsNarrow(y[i])) outputs[i] = Widened(y[i], reads: isInPlace);
        for (int i = 0; i < inputs.Length; i++) if (IsNarrow(x[i])) inputs[i] = y.IndexOf(x[i]) is >= 0 and var same ? outputs[same] : Widened(x[i], reads: true);
        op.Compute(inputs, outputs);
        for (int i = 0; i < outputs.Length; i++) if (outputs[i] != y[i]) CopyOp.Into(y[i], outputs[i]);
        for (int i = 0; i < inputs.Length; i++) if (inputs[i] != x[i]) inputs[i].Storage.Release();
        for (int i = 0; i < outputs.Length; i++) if (outputs[i] != y[i]) outputs[i].Storage.Release();
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
