namespace Candeia;

/// <summary>
/// Elements picked by tensors of positions in some dimensions; negative ones count from the end. The index tensors stretch to each other, and their
/// dimensions take the place of the picked ones where these are neighbours, else the first. Inputs: x, and an int64 index for each dimension.
/// </summary>
/// <param name="Dims">The dimensions, in ascending order.</param>
public sealed record PickOp(Dims Dims) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the indices are read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input > 0;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var zeros = Tensor.Scalar(0, grad.DType, grad.Device).Expand(node.Inputs[0].Shape);
        var gradients = new Tensor?[node.Inputs.Length];
        gradients[0] = new IndexPutOp(Dims, Accumulate: true).Apply(zeros, grad, node.Inputs.AsSpan(1));
        return gradients;
    }

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The indices do not stretch to each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public Tensor Apply(Tensor x, params ReadOnlySpan<Tensor> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        var positions = Positions(x, indices);
        return Run(Picked(x.Shape, positions), x.DType, [x, .. positions]);
    }

    /// <summary>The shape of what is picked.</summary>
    internal Shape Picked(Shape x, ReadOnlySpan<Tensor> indices)
    {
        int at = Place(Dims);
        List<int> sizes = [];
        for (int d = 0; d < x.Rank; d++) if (!((ReadOnlySpan<int>)Dims).Contains(d)) sizes.Add(x[d]);
        sizes.InsertRange(at, Together(indices).Sizes);
        return new([.. sizes]);
    }

    /// <summary>The indices as int64, after their number and the dimensions have been checked.</summary>
    internal Tensor[] Positions(Tensor x, ReadOnlySpan<Tensor> indices)
    {
        if (indices.Length == 0 || indices.Length != Dims.Count) throw new ArgumentException($"Picking in dimensions {Dims} needs an index for each, not {indices.Length}.");
        for (int k = 0; k < Dims.Count; k++)
            if (Dims[k] < 0 || Dims[k] >= x.Rank || k > 0 && Dims[k] <= Dims[k - 1]) throw new ArgumentException($"{Dims} are no dimensions of {x.Shape} in ascending order.");
        var positions = new Tensor[indices.Length];
        for (int k = 0; k < positions.Length; k++) positions[k] = GatherOp.Positions(indices[k]);
        return positions;
    }

    /// <summary>The shape to which index tensors stretch.</summary>
    internal static Shape Together(ReadOnlySpan<Tensor> indices)
    {
        var shape = indices[0].Shape;
        foreach (var index in indices) shape = Shape.Broadcast(shape, index.Shape);
        return shape;
    }

    /// <summary>Where in the result the dimensions of the index stand.</summary>
    internal static int Place(Dims dims) => dims[^1] - dims[0] == dims.Count - 1 ? dims[0] : 0;

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => IndexCalls.Pick(x[0], Dims, x[1..], outputs[0]);
}
