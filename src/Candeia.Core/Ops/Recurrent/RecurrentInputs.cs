namespace Candeia;

/// <summary>The inputs of a <see cref="RecurrentOp"/> by name.</summary>
internal readonly record struct RecurrentInputs(
    Tensor X, Tensor Hidden, Tensor? Cell, Tensor WeightIh, Tensor WeightHh, Tensor? BiasIh, Tensor? BiasHh, Tensor? Projection)
{
    public static RecurrentInputs Of(RecurrentOp op, ReadOnlySpan<Tensor> x)
    {
        int at = op.Kind == RecurrentKind.Lstm ? 3 : 2, behind = at + (op.HasBias ? 4 : 2);
        return new(x[0], x[1], at == 3 ? x[2] : null, x[at], x[at + 1], op.HasBias ? x[at + 2] : null, op.HasBias ? x[at + 3] : null,
            x.Length > behind ? x[behind] : null);
    }

    public Tensor[] All => [.. ((Tensor?[])[X, Hidden, Cell, WeightIh, WeightHh, BiasIh, BiasHh, Projection]).OfType<Tensor>()];
}
