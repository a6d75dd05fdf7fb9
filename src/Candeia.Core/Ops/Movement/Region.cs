namespace Candeia;

/// <summary>A part of a tensor's memory as a view: what a view is from the moment on when its tensor is written in place.</summary>
/// <param name="Whole">How the tensor lies in memory.</param>
/// <param name="Part">How the view lies in the same memory.</param>
public sealed record RegionOp(Layout Whole, Layout Part) : ViewOp
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        [new PutOp(Whole, Part).Apply(Tensor.Zeros(Whole.Shape, grad.DType, grad.Device), grad)];

    /// <summary>Applies the op to a tensor that lies as said.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return View(x, Part);
    }

    /// <summary>Makes a view that has been one all the time come from the tensor as it is now.</summary>
    internal void Renew(Tensor view, Tensor x) => _ = new Node(this, [x], [view]);
}

/// <summary>A tensor with other values in a part of its memory. Inputs: the tensor before, and the values in the shape of the part.</summary>
/// <param name="Whole">How the tensor lies in memory.</param>
/// <param name="Part">How the part lies in the same memory.</param>
public sealed record PutOp(Layout Whole, Layout Part) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
    [
        node.Needs(0) ? Apply(grad, Tensor.Scalar(0, grad.DType, grad.Device).Expand(Part.Shape)) : null,
        node.Needs(1) ? new RegionOp(Whole, Part).Apply(Laid(grad)).Clone() : null,
    ];

    /// <summary>A copy of a tensor with other values in the part.</summary>
    public Tensor Apply(Tensor x, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(values);
        Tensor y;
        using (Autograd.NoGrad())
        {
            y = Laid(x.Clone());
            y.View(Part).Assign(values);
        }
        if (Autograd.Enabled && (x.RequiresGrad || values.RequiresGrad)) Record(x, values, y);
        return y;
    }

    /// <summary>Writes the part of a tensor in place, and makes the tensor come from its values before and the new ones.</summary>
    internal void Write(Tensor x, Tensor values)
    {
        Record(x, values, x);
        using var noGrad = Autograd.NoGrad();
        x.View(Part).Assign(values);
    }

    void Record(Tensor x, Tensor values, Tensor y)
    {
        _ = new Node(this, [x, values], [y]);
        y.RequiresGrad = true;
    }

    /// <summary>The same values where <see cref="Whole"/> says.</summary>
    Tensor Laid(Tensor x)
    {
        if (x.Layout.Offset == Whole.Offset && x.Layout.Strides.SequenceEqual(Whole.Strides)) return x;
        var (first, last) = Whole.Extent();
        var memory = Tensor.Zeros([checked((int)(last + 1))], x.DType, x.Device);
        if (first < 0) throw new InvalidOperationException($"A tensor cannot begin before its memory: {Whole.Shape} at {first}.");
        using (Autograd.NoGrad()) memory.View(Whole).Assign(x);
        var y = memory.View(Whole);
        if (Autograd.Enabled && x.RequiresGrad)
        {
            _ = new Node(new AliasOp(), [x], [y]);
            y.RequiresGrad = true;
        }
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        throw new InvalidOperationException($"{Name} is made of copies and has nothing to compute.");
}
