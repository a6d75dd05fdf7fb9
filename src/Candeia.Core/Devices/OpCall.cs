namespace Candeia;

/// <summary>One op with all that it is applied to: what a device needs to run it.</summary>
public readonly ref struct OpCall
{
    readonly ReadOnlySpan<Tensor> _inputs, _outputs;

    internal OpCall(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        Op = op;
        _inputs = inputs;
        _outputs = outputs;
    }

    /// <summary>What to compute.</summary>
    public Op Op { get; }

    /// <summary>How many inputs there are.</summary>
    public int Inputs => _inputs.Length;

    /// <summary>How many outputs there are: the results, and then what the op saves for its backward pass, where a gradient will be needed.</summary>
    public int Outputs => _outputs.Length;

    /// <summary>An input, of the device or a plain number.</summary>
    public Operand Input(int index) => Operand.Of(_inputs[index]);

    /// <summary>An output with memory of its own on the device; its contents are arbitrary unless the op writes in place.</summary>
    public Operand Output(int index) => Operand.Of(_outputs[index]);

    /// <summary>Runs the op's own code; all operands are in the memory of this process.</summary>
    internal void Compute() => Widening.Compute(Op, _inputs, _outputs);

    /// <summary>Runs a gradient or an update by the ops that it consists of, where these are.</summary>
    internal bool TryCompose()
    {
        if (Op is not (GradientOp or UpdateOp)) return false;
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        Tensor[] x = [.. _inputs], y = [.. _outputs];
        for (int i = 0; i < x.Length; i++) x[i] = x[i].Detach();
        for (int i = 0; i < y.Length; i++) y[i] = y[i].Detach();
        var made = Op is GradientOp gradient ? gradient.Compose(x) : ((UpdateOp)Op).Compose(x, y);
        for (int i = 0; i < y.Length; i++) y[i].CopyFrom(made[i]);
        return true;
    }

    /// <summary>Runs the op's own code on copies in the memory of this process, and brings the outputs back.</summary>
    internal void ComputeOnHost()
    {
        Tensor[] x = [.. _inputs], y = [.. _outputs];
        for (int i = 0; i < x.Length; i++) x[i] = x[i].To(Device.Cpu);
        for (int i = 0; i < y.Length; i++) y[i] = Device.Cpu.Empty(y[i].Layout, y[i].DType);
        Widening.Compute(Op, x, y);
        for (int i = 0; i < y.Length; i++) _outputs[i].Device.CopyFromHost(y[i].Bytes, _outputs[i].Storage, 0);
    }
}
