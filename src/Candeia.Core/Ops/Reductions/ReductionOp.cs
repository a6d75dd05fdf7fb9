namespace Candeia;

/// <summary>Many numbers to one, along some dimensions (all, if none is named).</summary>
public abstract record ReductionOp(Dims Dims, bool KeepDim) : Op
{
    /// <summary>Reduces the middle dimension of [outer, n, inner].</summary>
    private protected abstract void Reduce(Reductions rows);

    /// <summary>The type of the result.</summary>
    private protected virtual DType Result(DType x) => Real(x);

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var dtype = Result(x.DType);
        return Run(Kept(x), dtype, x.To(dtype));
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
    Layout Kept(Tensor x)
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

    /// <inheritdoc/>
    internal override bool IsByRow(ReadOnlySpan<Tensor> x, Tensor y, int input) => x[0].Rank > 0 && !Reduced(x[0].Shape, stackalloc bool[x[0].Rank])[0];

    /// <inheritdoc/>
    protected internal sealed override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        var input = x[0].Layout.IsDense ? x[0] : x[0].Clone();               // the result lies in the order of the input
        if (!TryMiddle(input, out long outer, out long n, out long inner))
        {
            bool[] reduced = Reduced(input.Shape, stackalloc bool[Room(input.Shape)]).ToArray();
            int[] order = [.. input.Layout.Order(stackalloc int[input.Rank]).ToArray().Reverse().OrderBy(d => reduced[d])];
            input = input.Permute(order).Contiguous();                       // [kept …, reduced …]
            (outer, n, inner) = (y.Numel, y.Numel == 0 ? 0 : input.Numel / y.Numel, 1);
        }
        Reduce(new(input, y, outer, n, inner));
    }

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
