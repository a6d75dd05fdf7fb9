namespace Candeia.NN;

/// <summary>
/// The last dimensions of each sample with mean 0 and variance 1, then scaled and shifted by learnt numbers (<see
/// href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</see>).
/// </summary>
public sealed class LayerNorm : Layer
{
    readonly Shape _shape;
    readonly double _epsilon;

    /// <param name="normalizedShape">The last sizes of the input, which are normalized together: <c>[512]</c> for vectors of 512 numbers.</param>
    /// <param name="epsilon">Added to the variance, so that nothing is divided by 0.</param>
    /// <param name="affine">Whether a scale is learnt, and a shift.</param>
    /// <param name="bias">Whether there is a shift too.</param>
    public LayerNorm(Shape normalizedShape, double epsilon = 1e-5, bool affine = true, bool bias = true)
    {
        if (normalizedShape.Rank == 0) throw new ArgumentException("LayerNorm needs at least one dimension to normalize.");
        (_shape, _epsilon) = (normalizedShape, epsilon);
        if (affine) Weight = Parameter.Of(Tensor.Ones(normalizedShape));
        if (affine && bias) Bias = Parameter.Of(Tensor.Zeros(normalizedShape));
    }

    /// <summary>The scale of each element.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>The shift of each element.</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{_shape}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LayerNorm(_shape, Weight, Bias, _epsilon);
}
