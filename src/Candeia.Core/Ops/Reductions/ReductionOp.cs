namespace Candeia;

/// <summary>Many numbers to one, along some dimensions (all, if none is named).</summary>
public abstract record ReductionOp(Dims Dims, bool KeepDim) : Op
{
    /// <summary>Reduces the middle dimension of [outer, n, inner].</summary>
    private protected abstract void Reduce(Reductions rows);

    /// <summary>The type of the result.</summary>
    private protected virtual DType Result(DType x) => Real(x);

    /// <summary>Whether the result of elements that are only stored is of the type that is computed with, and not rounded.</summary>
    private protected virtual bool IsWide => false;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var dtype = Result(x.DType);
        return Run(Kept(x), IsWide ? dtype.Wide() : dtype, x.To(dtype));
    }

    /// <summary>The dimensions that disappear, counted from the front, in the memory that the caller lends for them.</summary>
    /// <exception cref="ArgumentException">One is named twice.</exception>
    private protected Span<bool> Reduced(Shape shape, Span<bool> reduced)
    {
        reduced.Fill(Dims.Count == 0);
        foreach (int dim in Dims)
        {
            ref bool named = ref reduced[shape.Dim(dim)];
            if (named) throw new ArgumentException($"Dimension {dim} of {shape} is named twice in {Dims}.");
            named = true;
        }
        return reduced;
    }

    // A number has a dimension that can be named, as in PyTorch.
    static int Room(Shape shape) => Math.Max(1, shape.Rank);

    /// <summary>A gradient of the result, stretched to the shape of the input.</summary>
    protected Tensor Stretch(Tensor grad, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(grad);
        return grad.Reshape(KeptShape(shape)).Expand(shape);
    }

    Shape KeptShape(Shape shape)
    {
        var reduced = Reduced(shape, stackalloc bool[Room(shape)]);
        int[] sizes = [.. shape.Sizes];
        for (int d = 0; d < sizes.Length; d++) if (reduced[d]) sizes[d] = 1;
        return new(sizes);
    }

    /// <summary>The layout of the result: the dimensions that stay, in the order in which they lie in memory.</summary>
    private protected Layout Kept(Tensor x)
    {
        var reduced = Reduced(x.Shape, stackalloc bool[Room(x.Shape)]);
        long[] strides = new long[x.Rank];
        long stride = 1;
        foreach (int d in x.Layout.Order(stackalloc int[x.Rank]))
        {
            strides[d] = stride;
            if (!reduced[d]) stride *= Math.Max(1, x.Shape[d]);
        }
        if (KeepDim) return new(KeptShape(x.Shape), strides);
        int rank = x.Rank - reduced[..x.Rank].Count(true), at = 0;
        if (rank == 0) return Layout.Of([]);
        int[] sizes = new int[rank];
        long[] stay = new long[rank];
        for (int d = 0; d < x.Rank; d++) if (!reduced[d]) (sizes[at], stay[at++]) = (x.Shape[d], strides[d]);
        return new(new(sizes), stay);
    }

    /// <summary>The op by which what parts of the reduced dimensions give becomes one.</summary>
    private protected abstract Op Join { get; }

    /// <inheritdoc/>
    internal sealed override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var shape = x[0].Shape;
        bool[] reduced = Reduced(shape, stackalloc bool[Room(shape)]).ToArray();
        int dim = Cut.Best(shape, _ => true);
        if (dim == Cut.Whole) return null;
        int[] outputs = [reduced[dim] ? Cut.Whole : KeepDim ? dim : dim - reduced.AsSpan(0, dim).Count(true)];
        return new(Inputs(x, dim), outputs) { Join = Join };
    }

    /// <summary>How the inputs are cut, if the first is cut along a dimension.</summary>
    private protected virtual int[] Inputs(ReadOnlySpan<Tensor> x, int dim) => [dim];

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var (y, input) = (outputs[0], Prepared(x));
        input = input.Layout.IsDense ? input : input.Clone();               // the result lies in the order of the input
        bool isMiddle = TryMiddle(input, out long outer, out long n, out long inner);
        if (Around(x) is { } around)
        {
            if (isMiddle && inner == 1 && around.Numel == y.Numel && (outer == 1 || around.Layout.IsContiguous && input.Layout.IsContiguous))
            {
                Reduce(new(input, y, outer, n, inner) { Around = around });
                return;
            }
            input -= around;
        }
        if (!isMiddle)
        {
            bool[] reduced = Reduced(input.Shape, stackalloc bool[Room(input.Shape)]).ToArray();
            int[] order = [.. input.Layout.Order(stackalloc int[input.Rank]).ToArray().Reverse().OrderBy(d => reduced[d])];
            input = input.Permute(order).Contiguous();                       // [kept …, reduced …]
            (outer, n, inner) = (y.Numel, y.Numel == 0 ? 0 : input.Numel / y.Numel, 1);
        }
        Reduce(new(input, y, outer, n, inner));
    }

    /// <summary>What is reduced, in the order of the first input in memory.</summary>
    private protected virtual Tensor Prepared(ReadOnlySpan<Tensor> x) => x[0];

    /// <summary>What is subtracted from it, if something is.</summary>
    private protected virtual Tensor? Around(ReadOnlySpan<Tensor> x) => null;

    /// <summary>Whether the reduced dimensions are one block in memory, between others that stay.</summary>
    bool TryMiddle(Tensor x, out long outer, out long n, out long inner)
    {
        var reduced = Reduced(x.Shape, stackalloc bool[Room(x.Shape)]);
        (outer, n, inner) = (1, 1, 1);
        int phase = 0;                                                       // 0 inner, 1 reduced, 2 outer
        foreach (int d in x.Layout.Order(stackalloc int[x.Rank]))
        {
            int size = x.Shape[d];
            if (size == 1) continue;
            if (reduced[d] && phase == 0) phase = 1;
            if (!reduced[d] && phase == 1) phase = 2;
            if (reduced[d] && phase == 2) return false;
            if (phase == 0) inner *= size;
            else if (phase == 1) n *= size;
            else outer *= size;
        }
        return true;
    }
}
