namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Writes values in place, broadcast to this tensor's shape and converted to its type; returns this tensor.</summary>
    /// <exception cref="ShapeException">The values do not broadcast to the shape.</exception>
    /// <exception cref="InvalidOperationException">This tensor requires a gradient and operations are recorded.</exception>
    public static Tensor CopyFrom(this Tensor target, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(values);
        if (Shape.Broadcast(values.Shape, target.Shape) != target.Shape) throw new ShapeException($"Values of shape {values.Shape} do not fit into a tensor {target.Shape}.");
        if (target.Device == Device.Cpu || Autograd.Enabled && (target.RequiresGrad || values.RequiresGrad)) return target.Assign(values.To(target.Device));
        _ = values.Storage;
        target.BeginWrite();
        if (target.Device == Device.Cpu) CopyOp.Into(target, values.To(Device.Cpu));
        else
        {
            if (!target.Layout.IsDense) throw new NotSupportedException($"A view with gaps on {target.Device} cannot be written.");
            var staged = Device.Cpu.Empty(target.Layout.Dense(), target.DType);
            CopyOp.Into(staged, values.To(Device.Cpu));
            target.Device.CopyFromHost(staged.Bytes, target.Storage, target.Layout.Offset * target.DType.Size());
            GC.KeepAlive(staged);
        }
        GC.KeepAlive(target);
        return target;
    }
}
