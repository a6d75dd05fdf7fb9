namespace Candeia;

/// <summary>The same values on another device.</summary>
public sealed record TransferOp(Device Device) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.To(node.Inputs[0].Device)];

    /// <summary>A copy on the device, in the same order of dimensions.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.Layout.IsDense) x = x.Clone();
        var y = Device.Empty(x.Layout.Dense(), x.DType);
        int size = x.DType.Size();
        if (x.Device == Device.Cpu) Device.CopyFromHost(x.Bytes, y.Storage, 0);
        else if (Device == Device.Cpu) x.Device.CopyToHost(x.Storage, x.Layout.Offset * size, y.Bytes);
        else return Apply(x.To(Device.Cpu));
        GC.KeepAlive(x);
        if (!x.RequiresGrad || !Autograd.Enabled) return y;
        y.RequiresGrad = true;
        _ = new Node(this, [x], y);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, Tensor y, Tensor? saved) => CopyOp.Into(y, x[0]);
}

public static partial class TensorOps
{
    /// <summary>This tensor if it is on the device, else a copy that is.</summary>
    public static Tensor To(this Tensor x, Device device)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Device == device ? x : new TransferOp(device).Apply(x);
    }
}
