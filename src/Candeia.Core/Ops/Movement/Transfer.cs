namespace Candeia;

/// <summary>The same values on another device.</summary>
public sealed record TransferOp(Device Device) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.To(node.Inputs[0].Device)];

    /// <summary>A copy on the device, in the same order of dimensions.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor y;
        using (Autograd.NoGrad())
        {
            y = Device == Device.Cpu ? Transfers.ToHost(x) : Transfers.Across(x, Device);
            if (!y.Layout.IsDense || y.Layout.Offset != 0) y = y.Clone();
        }
        if (!x.RequiresGrad || !Autograd.Enabled) return y;
        y.RequiresGrad = true;
        _ = new Node(this, [x], [y]);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => CopyOp.Into(outputs[0], x[0]);
}

public static partial class TensorOps
{
    /// <summary>This tensor if it is on the device, else a copy that is.</summary>
    /// <param name="x">A tensor of any shape, which the result keeps.</param>
    /// <param name="device">Where the values shall be: <see cref="Device.Cpu"/>, or one that a library brings.</param>
    /// <example><code>
    /// var x = Tensor.Ones([2]);
    /// Console.WriteLine(ReferenceEquals(x.To(Device.Cpu), x));      // → True
    /// </code></example>
    public static Tensor To(this Tensor x, Device device)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(device);
        if (x.Device == device) return x;
        return x.IsNumber && !x.RequiresGrad ? new CopyIntoOp().Make(device, x.Layout, x.DType, x) : new TransferOp(device).Apply(x);
    }
}
