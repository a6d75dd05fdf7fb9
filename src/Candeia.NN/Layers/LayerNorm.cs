namespace Candeia.NN;

/// <summary>
/// The last dimensions of each sample with mean 0 and variance 1, then scaled and shifted by learnt numbers (<see
/// href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</see>).
/// </summary>
public sealed class LayerNorm : Layer
{
    readonly Shape _shape;
    readonly double _epsilon;

    /// <param name="normalizedShape">The sizes of the dimensions that are normalized together.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether scale and shift are learnt.</param>
    public LayerNorm(Shape normalizedShape, double epsilon = 1e-5, bool affine = true)
    {
        if (normalizedShape.Rank == 0) throw new ArgumentException("LayerNorm needs at least one dimension to normalize.");
        (_shape, _epsilon) = (normalizedShape, epsilon);
        if (affine) (Weight, Bias) = (Parameter.Of(Tensor.Ones(normalizedShape)), Parameter.Of(Tensor.Zeros(normalizedShape)));
    }

    /// <summary>The scale of each element.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>The shift of each element.</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{_shape}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < _shape.Rank || x.Shape.Slice(x.Rank - _shape.Rank, _shape.Rank) != _shape)
            throw new ShapeException($"LayerNorm of {_shape} does not take {x.Shape}: its last sizes must be {_shape}.");
        int[] dims = [.. Enumerable.Range(1, _shape.Rank).Select(d => -d)];
        var centred = x - x.Mean(dims, keepDim: true);
        var y = centred * (centred.Square().Mean(dims, keepDim: true) + _epsilon).Rsqrt();
        return Weight is null ? y : y * Weight + Bias!;
    }
}
