namespace Candeia;

/// <summary>A view of some elements of a tensor, each perhaps several times. Its derivative puts them back where they came from, and adds what meets.</summary>
public abstract record PartOp : ViewOp
{
    /// <summary>The layout of the part: the one place where it is found to lie within the tensor.</summary>
    internal abstract Layout Of(Layout x);

    /// <inheritdoc/>
    protected internal sealed override Tensor?[] Backward(Node node, Tensor grad) => [new UnsliceOp(this, node.Inputs[0].Shape).Apply(grad)];

    /// <summary>A view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within the tensor.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return View(x, Of(x.Layout));
    }
}

/// <summary>Zeros of a shape, in which the input stands where a view would have read it; what stands in one place is added.</summary>
/// <param name="Part">The view.</param>
/// <param name="Shape">What it is a part of.</param>
public sealed record UnsliceOp(PartOp Part, Shape Shape) : Op
{
    /// <summary>The parts of a dimension put back.</summary>
    public UnsliceOp(SliceOp slice, Shape shape) : this((PartOp)slice, shape)
    {
    }

    /// <inheritdoc/>
    protected internal override bool TakesNarrow => !Overlaps(Part.Of(Layout.Of(Shape)));

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Part.Apply(grad.Contiguous())];

    /// <summary>Where the input stands in a result of a layout.</summary>
    /// <param name="whole">The layout of the result.</param>
    public Layout Place(Layout whole) => Part.Of(whole);

    /// <summary>Whether several elements of the input may stand in one place, and are added there.</summary>
    public bool MayMeet() => Overlaps(Part.Of(Layout.Of(Shape)));

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var part = Part.Of(Layout.Of(Shape)).Shape;
        if (x.Shape != part) throw new ShapeException($"The part of {Shape} that a view reads is {part}, not {x.Shape}.");
        return Run(Shape, x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (Part is SliceOp { Step: 1 } slice && slice.Length > 0)           // only what stands beside it
        {
            int end = slice.Start + slice.Length, rest = y.Shape[slice.Dim] - end;
            if (slice.Start > 0) y.View(new SliceOp(slice.Dim, 0, slice.Start).Of(y.Layout)).Fill(0);
            if (rest > 0) y.View(new SliceOp(slice.Dim, end, rest).Of(y.Layout)).Fill(0);
        }
        else y.Fill(0);
        var layout = Part.Of(y.Layout);
        if (Overlaps(layout)) Add(y, layout, x[0]);
        else CopyOp.Into(y.View(layout), x[0]);
    }

    /// <summary>Adds what lies apart at once, and one after the other what may meet.</summary>
    static void Add(Tensor y, Layout part, Tensor x)
    {
        if (!Overlaps(part))
        {
            AddOp.Into(y.View(part), x);
            return;
        }
        int last = part.Shape.Rank - 1;
        for (int i = 0; i < part.Shape[last]; i++)
            Add(y, new(part.Shape.Remove(last), part.Strides[..last], part.Offset + i * part.Strides[last]), x.Select(last, i));
    }

    /// <summary>Whether elements may lie in one place: unless each step is longer than all shorter ones together lead.</summary>
    static bool Overlaps(Layout part)
    {
        long reach = 0;
        foreach (int d in part.Order(stackalloc int[part.Shape.Rank]))
        {
            if (part.Shape[d] <= 1) continue;
            long step = Math.Abs(part.Strides[d]);
            if (step <= reach) return true;
            reach += step * (part.Shape[d] - 1);
        }
        return false;
    }
}
