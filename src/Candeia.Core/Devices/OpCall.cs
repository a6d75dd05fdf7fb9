namespace Candeia;

/// <summary>One op with all that it is applied to: what a device needs to run it.</summary>
public readonly ref struct OpCall
{
    readonly ReadOnlySpan<Tensor> _inputs, _outputs;

    internal OpCall(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, bool isInPlace = false)
    {
        Op = op;
        _inputs = inputs;
        _outputs = outputs;
        IsInPlace = isInPlace;
    }

    /// <summary>What to compute.</summary>
    public Op Op { get; }

    /// <summary>How many inputs there are.</summary>
    public int Inputs => _inputs.Length;

    /// <summary>How many outputs there are: the results, and then what the op saves for its backward pass, where a gradient will be needed.</summary>
    public int Outputs => _outputs.Length;

    /// <summary>
    /// Whether the outputs are tensors that exist already: the op may read their values, they may be views into larger memory whose other elements stay as
    /// they are, and an input may be one of them. Otherwise each output has fresh memory of its own, in some order without gaps, with arbitrary contents.
    /// </summary>
    public bool IsInPlace { get; }

    /// <summary>An input: in the device's memory, or a plain number.</summary>
    /// <exception cref="ObjectDisposedException">The scope that owned its memory has ended.</exception>
    public Operand Input(int index) => Operand.Of(_inputs[index]);

    /// <summary>An output in the device's memory.</summary>
    /// <exception cref="ObjectDisposedException">The scope that owned its memory has ended.</exception>
    public Operand Output(int index) => Operand.Of(_outputs[index]);

    /// <summary>Runs the op's own code; all operands are in the memory of this process.</summary>
    internal void Compute() => Widening.Compute(Op, _inputs, _outputs, IsInPlace);

    /// <summary>Holds the memory of all operands until the result is disposed of.</summary>
    internal Held Hold() => Held.Of(_inputs, _outputs);

    /// <summary>Runs a gradient or an update by the ops that it consists of, where these are.</summary>
    internal bool TryCompose()
    {
        if (Op is not (GradientOp or UpdateOp)) return false;
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        Tensor[] x = [.. _inputs], y = [.. _outputs];
        for (int i = 0; i < x.Length; i++) x[i] = x[i].IsNumber ? x[i] : x[i].Detach();
        for (int i = 0; i < y.Length; i++) y[i] = y[i].Detach();
        var made = Op is GradientOp gradient ? gradient.Compose(x) : ((UpdateOp)Op).Compose(x, y);
        for (int i = 0; i < y.Length; i++) y[i].CopyFrom(made[i]);
        return true;
    }

    /// <summary>
    /// Runs the op's own code on copies in the memory of this process, and brings the outputs back: what happens to an op that a device does not know, and
    /// what a device may do itself for those that are not worth a kernel.
    /// </summary>
    public void ComputeOnHost()
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        Tensor[] x = [.. _inputs], y = [.. _outputs];
        for (int i = 0; i < x.Length; i++) x[i] = Transfers.ToHost(x[i]);
        for (int i = 0; i < y.Length; i++) y[i] = IsInPlace ? Transfers.ToHost(y[i]) : Device.Cpu.Empty(y[i].Layout, y[i].DType);
        Widening.Compute(Op, x, y, IsInPlace);
        for (int i = 0; i < y.Length; i++) Transfers.ToDevice(y[i], _outputs[i]);
    }
}
