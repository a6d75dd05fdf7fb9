namespace Candeia.Distributions;

/// <summary>The normal distribution of vectors, whose elements may depend on each other.</summary>
public sealed class MultivariateNormal : Distribution
{
    readonly Tensor _mean;

    /// <summary>A batch of distributions, by one of three matrices.</summary>
    /// <param name="mean">The means, [batch, n].</param>
    /// <param name="covariance">The covariances, [batch, n, n], symmetric and positive definite.</param>
    /// <param name="precision">Their inverses.</param>
    /// <param name="scaleTril">Their Cholesky factors: lower triangles with positive diagonals.</param>
    /// <exception cref="ArgumentException">Not exactly one of the matrices is given.</exception>
    /// <exception cref="LinalgException">A matrix is not positive definite.</exception>
    public MultivariateNormal(Tensor mean, Tensor? covariance = null, Tensor? precision = null, Tensor? scaleTril = null) : this(Of(mean, covariance, precision, scaleTril))
    {
    }

    MultivariateNormal((Tensor Mean, Tensor L) p) : base(p.Mean.Shape.Slice(0, p.Mean.Rank - 1), [p.Mean.Shape[^1]]) => (_mean, ScaleTril) = p;

    static (Tensor Mean, Tensor L) Of(Tensor mean, Tensor? covariance, Tensor? precision, Tensor? scaleTril)
    {
        mean = Parameters.One(mean);
        if ((covariance is null ? 0 : 1) + (precision is null ? 0 : 1) + (scaleTril is null ? 0 : 1) != 1)
            throw new ArgumentException("MultivariateNormal is given by one of covariance, precision and scaleTril.");
        var l = covariance?.Cholesky() ?? scaleTril ?? FromPrecision(precision!);
        if (mean.Rank == 0 || l.Rank < 2 || l.Shape[^1] != mean.Shape[^1] || l.Shape[^2] != mean.Shape[^1])
            throw new ShapeException($"MultivariateNormal of means {mean.Shape} needs matrices of that size, not {l.Shape}.");
        if (scaleTril is not null) Parameters.Check(l, l.Detach().MainDiagonal() > 0, "diagonal of scaleTril", "positive");
        int n = mean.Shape[^1];
        var batch = Shape.Broadcast(mean.Shape.Slice(0, mean.Rank - 1), l.Shape.Slice(0, l.Rank - 2));
        return (mean.Expand([.. batch.Sizes, n]), l.To(mean.DType).Expand([.. batch.Sizes, n, n]));
    }

    /// <summary>From the factor of the matrix turned about, which is triangular the other way.</summary>
    static Tensor FromPrecision(Tensor precision)
    {
        var turned = precision.Flip(-1, -2).Cholesky().Flip(-1, -2).Transpose(-1, -2);
        return Linalg.SolveTriangular(turned, Matrices.Identity(precision.Shape[^1], precision), upper: false);
    }

    /// <summary>The Cholesky factors of the covariances, [batch, n, n].</summary>
    public Tensor ScaleTril { get; }

    /// <summary>The covariances, [batch, n, n].</summary>
    public Tensor Covariance => ScaleTril.MatMul(ScaleTril.Transpose(-1, -2));

    /// <inheritdoc/>
    public override bool HasRSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => _mean;

    /// <inheritdoc/>
    public override Tensor Variance => ScaleTril.Square().Sum(-1);

    /// <inheritdoc/>
    protected internal override DType DType => _mean.DType;

    internal Tensor HalfLogDet => ScaleTril.MainDiagonal().Log().Sum(-1);

    /// <inheritdoc/>
    public override Tensor Entropy() => HalfLogDet + EventShape[0] * (0.5 + 0.5 * Math.Log(2 * Math.PI));

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator) =>
        _mean + ScaleTril.MatMul(Tensor.Randn(shape, DType, generator, _mean.Device).Unsqueeze(-1)).Squeeze(-1);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        var z = Linalg.SolveTriangular(ScaleTril, (value - _mean).Unsqueeze(-1), upper: false).Squeeze(-1);
        return z.Square().Sum(-1) * -0.5 - HalfLogDet - EventShape[0] * 0.5 * Math.Log(2 * Math.PI);
    }

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => (!value.IsNaN()).All(-1);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are vectors of numbers";
}
