using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// Numbers that were drawn from gamma distributions, as a function of their shapes: how they would move with them, if their quantile stayed the same (Figurnov,
/// Mohamed and Mnih, "Implicit Reparameterization Gradients", 2018). Inputs: shapes, numbers.
/// </summary>
public sealed record GammaPathOp : FloatBinaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => b.CopyTo(y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (grad * new GammaSlopeOp().Apply(a, b), grad);
}

/// <summary>How far numbers from gamma distributions move with their shapes. Inputs: shapes, numbers. It has no derivative itself.</summary>
public sealed record GammaSlopeOp : FloatBinaryOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Scalars.Run<T, GammaSlope>(a, b, y);

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        throw new NotSupportedException("Numbers drawn from gamma distributions have a first derivative by their shapes, but no second one.");
}
