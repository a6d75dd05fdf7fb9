namespace Candeia;

/// <summary>
/// Writes values into memory that exists, broadcast to its shape and converted to its type: a tensor's, or one plain number everywhere. What is written may
/// be a view, also with gaps.
/// </summary>
public sealed record CopyIntoOp : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Writes into a tensor, without a record. Values that lie in the same memory are those from before the first is written.</summary>
    /// <exception cref="InvalidOperationException">The target has elements that share their memory.</exception>
    public Tensor Apply(Tensor target, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(values);
        using var noGrad = Autograd.NoGrad();
        if (values.DType.IsComplex() && !target.DType.IsComplex() && target.DType != DType.Bool) throw CopyOp.NotReal(values.DType, target.DType);
        if (target.Layout.Repeats)
            throw new InvalidOperationException($"Several elements of {target.Shape} lie in the same place, as Expand makes it, so they cannot be written one by one; write to a Clone(), or before Expand.");
        if (!Tracing.IsOn && IsAlike(target, values))
        {
            Waiting.Settle();
            if (values.Source!.TryWrite(target))
            {
                target.Storage.Written();
                return target;
            }
        }
        if (!values.IsNumber)
        {
            values = values.To(target.Device);
            if (Overlap(target, values)) values = values.Clone();
        }
        RunInto([target], values);
        return target;
    }

    /// <summary>A new tensor with one number everywhere.</summary>
    internal Tensor Make(Device device, Layout layout, DType dtype, Tensor number) => RunOn(device, layout, dtype, number);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        if (x[0].IsNumber && outputs[0].Layout.IsDense) Fills.Run(outputs[0], x[0].To(outputs[0].DType));
        else CopyOp.Into(outputs[0], x[0]);
    }

    /// <summary>Whether the values wait and come as the target lies in memory.</summary>
    static bool IsAlike(Tensor target, Tensor values) =>
        values.Waits is not null && target.DType == values.DType && target.Device == Device.Cpu && target.Shape == values.Shape
        && target.Layout.Strides.SequenceEqual(values.Layout.Strides);

    /// <summary>Whether some memory of one lies within the other's, unless it is that of the same element.</summary>
    static bool Overlap(Tensor target, Tensor values)
    {
        if (target.Storage != values.Storage || target.Numel == 0 || values.Numel == 0) return false;
        Layout to = target.Layout, from = values.Layout;
        if (target.DType == values.DType && to.Offset == from.Offset && to.Shape == from.Shape && to.Strides.SequenceEqual(from.Strides)) return false;
        var (a, b) = (to.Extent(), from.Extent());
        int size = target.DType.Size(), other = values.DType.Size();
        return a.First * size < (b.Last + 1) * other && b.First * other < (a.Last + 1) * size;
    }
}
