namespace Candeia.NN;

/// <summary>The last dimensions of each sample divided by the root of the mean of their squares, then scaled (<see href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019</see>).</summary>
public sealed class RMSNorm : Layer
{
    readonly Shape _shape;
    readonly double? _epsilon;

    /// <param name="normalizedShape">The sizes of the dimensions that are normalized together.</param>
    /// <param name="epsilon">Added to the mean square; the smallest step of the type, if not given.</param>
    /// <param name="affine">Whether a scale is learnt.</param>
    public RMSNorm(Shape normalizedShape, double? epsilon = null, bool affine = true)
    {
        if (normalizedShape.Rank == 0) throw new ArgumentException("RMSNorm needs at least one dimension to normalize.");
        (_shape, _epsilon) = (normalizedShape, epsilon);
        if (affine) Weight = Parameter.Of(Tensor.Ones(normalizedShape));
    }

    /// <summary>The scale of each element.</summary>
    public Tensor? Weight { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{_shape}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.RmsNorm(_shape, Weight, _epsilon);
}
