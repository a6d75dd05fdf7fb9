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

/// <summary>As many parts of each dimension as a shape says, from a start on.</summary>
/// <param name="Starts">The first part of each dimension.</param>
/// <param name="Shape">How many parts.</param>
public sealed record BoxOp(Dims Starts, Shape Shape) : PartOp
{
    internal override Layout Of(Layout x)
    {
        if (Starts.Count != x.Shape.Rank || Shape.Rank != x.Shape.Rank) throw new ShapeException($"A box {Shape} from {Starts} on is no part of {x.Shape}.");
        long offset = x.Offset;
        for (int d = 0; d < Shape.Rank; d++)
        {
            if (Starts[d] < 0 || Shape[d] > x.Shape[d] - Starts[d])
                throw new ArgumentOutOfRangeException(nameof(x), $"{Shape[d]} parts from {Starts[d]} are not within dimension {d} of {x.Shape}.");
            offset += Starts[d] * x.Strides[d];
        }
        return new(Shape, x.Strides, offset);
    }
}

/// <summary>
/// One number everywhere in a shape, 0 as a rule, but for the places where a view would have read the input; what stands in one place is added.
/// </summary>
/// <param name="Part">The view.</param>
/// <param name="Shape">What it is a part of.</param>
/// <param name="Value">The number elsewhere; only 0 where elements of the input may stand in one place.</param>
public sealed record UnsliceOp(PartOp Part, Shape Shape, double Value = 0) : Op
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
        if (Value != 0 && MayMeet()) throw new ArgumentException($"What may meet in one place is added to 0, not to {Value}.");
        return Run(Shape, x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (Part is SliceOp { Step: 1, Length: > 0 } slice) Beside(y, slice.Dim, slice.Start, slice.Length);
        else if (Part is BoxOp box)
        {
            var rest = y;                                                    // what no slab has filled yet
            for (int d = 0; d < box.Shape.Rank; d++) rest = Beside(rest, d, box.Starts[d], box.Shape[d]);
        }
        else y.Fill(Value);
        var layout = Part.Of(y.Layout);
        if (Overlaps(layout)) Add(y, layout, x[0]);
        else CopyOp.Into(y.View(layout), x[0]);
    }

    /// <summary>Fills what stands before and behind some parts of a dimension; gives these parts.</summary>
    Tensor Beside(Tensor y, int dim, int start, int length)
    {
        int end = start + length, rest = y.Shape[dim] - end;
        if (start > 0) y.View(new SliceOp(dim, 0, start).Of(y.Layout)).Fill(Value);
        if (rest > 0) y.View(new SliceOp(dim, end, rest).Of(y.Layout)).Fill(Value);
        return rest == 0 && start == 0 ? y : y.View(new SliceOp(dim, start, length).Of(y.Layout));
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
