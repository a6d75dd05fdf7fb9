namespace Candeia;

/// <summary>
/// A copy in which the elements that <see cref="PickOp"/> would read are replaced, or added to. Inputs: x, the values in the shape of what would be read, and
/// an int64 index for each dimension.
/// </summary>
/// <param name="Dims">The dimensions, in ascending order.</param>
/// <param name="Accumulate">Whether values are added; otherwise, where an index repeats, the last one stays.</param>
public sealed record IndexPutOp(Dims Dims, bool Accumulate = false) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => !Accumulate;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the indices are read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input > 1;

    /// <summary>What was replaced has no gradient, and of several values at one place only the last has.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var indices = node.Inputs[2..];
        var gradients = new Tensor?[node.Inputs.Length];
        Tensor Zero() => Tensor.Scalar(0, grad.DType, grad.Device);
        if (node.Needs(0)) gradients[0] = Accumulate ? grad : Apply(grad, Zero(), indices);
        if (!node.Needs(1)) return gradients;
        var picked = new PickOp(Dims).Apply(grad, indices);
        gradients[1] = Accumulate ? picked : Last(indices, node.Inputs[0].Shape, picked.Shape).Where(picked, Zero());
        return gradients;
    }

    /// <summary>Which of the values stayed.</summary>
    Tensor Last(Tensor[] indices, Shape shape, Shape picked)
    {
        var order = Tensor.Arange(0, picked.Numel, dtype: DType.Int64, device: indices[0].Device).Reshape(picked);
        var latest = Apply(Tensor.Scalar(0, DType.Int64, indices[0].Device).Expand(shape), order, indices);
        return new PickOp(Dims).Apply(latest, indices).Eq(order);
    }

    /// <summary>Applies the op; the values stretch to the shape of what is replaced.</summary>
    /// <exception cref="ShapeException">The indices do not stretch to each other, or the values not to what is replaced.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public Tensor Apply(Tensor x, Tensor values, params ReadOnlySpan<Tensor> indices) => Run(x.Shape, x.DType, Inputs(x, values, indices));

    /// <summary>Writes into a tensor in place, without a record.</summary>
    internal void Into(Tensor x, Tensor values, params ReadOnlySpan<Tensor> indices)
    {
        var inputs = Inputs(x, values, indices);
        if (inputs[1].Storage == x.Storage) inputs[1] = inputs[1].Clone();
        RunInto([x], inputs);
    }

    Tensor[] Inputs(Tensor x, Tensor values, ReadOnlySpan<Tensor> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(values);
        var op = new PickOp(Dims);
        var positions = op.Positions(x, indices);
        var shape = op.Picked(x.Shape, positions);
        if (Shape.Broadcast(values.Shape, shape) != shape) throw new ShapeException($"Values {values.Shape} do not fit into the part {shape} that they are written to.");
        return [x, values.To(x.Device).To(x.DType).Expand(shape), .. positions];
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (y != x[0]) CopyOp.Into(y, x[0]);
        if (Accumulate) IndexCalls.PutAdd(y, Dims, x[2..], x[1]);
        else IndexCalls.Put(y, Dims, x[2..], x[1]);
    }
}
