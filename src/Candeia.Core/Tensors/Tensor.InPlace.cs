namespace Candeia;

public sealed partial class Tensor
{
    Tensor? _base;                                                           // of which this is a view; never a view itself

    int RecordedWrites
    {
        get => _notes?.RecordedWrites ?? 0;
        set => Noted.RecordedWrites = value;
    }

    /// <summary>The tensor whose memory this one looks at, if it is a view.</summary>
    internal Tensor? Base => _base;

    /// <summary>Makes this a view of another tensor.</summary>
    Tensor Of(Tensor whole)
    {
        _base = whole._base ?? whole;
        if (_base.RecordedWrites is > 0 and var known) RecordedWrites = known;
        return this;
    }

    /// <summary>
    /// Replaces all values in place, broadcast and converted. Where a gradient may be asked for this is recorded: this tensor, what it is a view of, and all
    /// other views of that come from the new values from then on, and a gradient that needs the old ones says so.
    /// </summary>
    internal Tensor Assign(Tensor values)
    {
        if (values.Waits is null) _ = values.Storage;
        var whole = _base ?? this;
        if (Autograd.Enabled && (RequiresGrad || values.RequiresGrad && DType.HasGradients()))
        {
            CheckRecordable(whole);
            _ = values.Storage;
            values.Node?.Preserve(Storage);
            new PutOp(whole.Layout, Layout).Write(whole, values.To(DType).To(Device).Expand(Shape));
            whole.RecordedWrites++;
            return this;
        }
        return new CopyIntoOp().Apply(this, values);
    }

    /// <summary>Checks that a write in place that cannot be recorded is allowed, and counts it.</summary>
    internal void BeginWrite()
    {
        if (RequiresGrad && Autograd.Enabled)
        {
            CheckRecordable(_base ?? this);
            throw new InvalidOperationException(
                "The elements of a result that a gradient flows through cannot be written as a span while operations are recorded. Write x[..] = values, or use Autograd.NoGrad().");
        }
        Storage.Write();
    }

    void CheckRecordable(Tensor whole)
    {
        if (whole.RequiresGrad && whole.IsLeaf)
            throw new InvalidOperationException(
                (this == whole ? "A leaf" : "A view of a leaf") + " that requires a gradient cannot be written in place while operations are recorded. Use Autograd.NoGrad(), or compute a new tensor.");
    }

    /// <summary>A view comes from its base as that is now, once the base has been written in place and recorded.</summary>
    void Renew()
    {
        if (_base is not { } whole || whole.RecordedWrites == RecordedWrites) return;
        RecordedWrites = whole.RecordedWrites;
        _requiresGrad = true;
        new RegionOp(whole.Layout, Layout).Renew(this, whole);
    }
}
