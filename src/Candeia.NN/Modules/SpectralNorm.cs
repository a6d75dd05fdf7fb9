namespace Candeia.NN;

/// <summary>
/// A weight divided by its largest singular value, which is estimated by steps of the power method (<see href="https://arxiv.org/abs/1802.05957">Miyato et al. 2018</see>).
/// </summary>
public sealed class SpectralNorm : Parametrization
{
    readonly int _powerIterations, _dim;
    readonly double _epsilon;
    [StateName("_u"), Buffer] readonly Tensor? _u;
    [StateName("_v"), Buffer] readonly Tensor? _v;

    /// <param name="weight">The parameter, to begin with.</param>
    /// <param name="powerIterations">How often the estimate is improved each time that the layer is applied in training.</param>
    /// <param name="epsilon">What is divided by where a vector is shorter.</param>
    /// <param name="dim">The dimension of the outputs.</param>
    /// <param name="generator">Where the first estimate comes from.</param>
    public SpectralNorm(Tensor weight, int powerIterations = 1, double epsilon = 1e-12, int dim = 0, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfNegative(powerIterations);
        (_powerIterations, _epsilon, _dim) = (powerIterations, epsilon, dim < 0 ? dim + weight.Rank : dim);
        if (weight.Rank < 2) return;
        using var _ = Autograd.NoGrad();
        var matrix = Matrix(weight.Detach());
        _u = Tensor.Normal([matrix.Shape[0]], 0, 1, weight.DType, generator, weight.Device).Normalize(2, 0, epsilon).Keep();
        _v = Tensor.Normal([matrix.Shape[1]], 0, 1, weight.DType, generator, weight.Device).Normalize(2, 0, epsilon).Keep();
        Improve(matrix, 15);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> originals)
    {
        ArgumentNullException.ThrowIfNull(originals);
        var weight = originals[0];
        if (_u is null || _v is null) return weight.Normalize(2, 0, _epsilon);
        var matrix = Matrix(weight);
        if (IsTraining) Improve(matrix.Detach(), _powerIterations);
        var sigma = (_u.Clone() * matrix.MatMul(_v.Clone())).Sum();
        return weight / sigma;
    }

    Tensor Matrix(Tensor weight) => (_dim == 0 ? weight : weight.Movedim(_dim, 0)).Flatten(1);

    void Improve(Tensor matrix, int steps)
    {
        using var _ = Autograd.NoGrad();
        for (int i = 0; i < steps; i++)
        {
            _u!.CopyFrom(matrix.MatMul(_v!).Normalize(2, 0, _epsilon));
            _v!.CopyFrom(matrix.Transpose(0, 1).MatMul(_u!).Normalize(2, 0, _epsilon));
        }
    }
}
