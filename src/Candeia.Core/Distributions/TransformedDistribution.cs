namespace Candeia.Distributions;

/// <summary>What functions with an inverse make of a distribution.</summary>
public sealed class TransformedDistribution : Distribution
{
    readonly Distribution _base;
    readonly Transform[] _transforms;

    /// <summary>Values of a distribution, to which functions are applied one after the other.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="transforms">The functions.</param>
    public TransformedDistribution(Distribution distribution, params ReadOnlySpan<Transform> transforms) : base(Of(distribution).BatchShape, distribution.EventShape) =>
        (_base, _transforms) = (distribution, transforms.ToArray());

    static Distribution Of(Distribution distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        return distribution;
    }

    internal Distribution Base => _base;

    internal IReadOnlyList<Transform> Transforms => _transforms;

    /// <inheritdoc/>
    public override bool HasRSample => _base.HasRSample;

    /// <inheritdoc/>
    public override Tensor Mean => throw new NotSupportedException("A transformed distribution has no mean in closed form.");

    /// <inheritdoc/>
    public override Tensor Variance => throw new NotSupportedException("A transformed distribution has no variance in closed form.");

    /// <inheritdoc/>
    protected internal override DType DType => _base.DType;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value)
    {
        var y = Taken(value);
        Tensor sign = 1.0;
        for (int i = _transforms.Length - 1; i >= 0; i--)
        {
            y = _transforms[i].Inverse(y);
            sign *= Direction(_transforms[i]);
        }
        return sign * (_base.Cdf(y) - 0.5) + 0.5;
    }

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability)
    {
        Tensor sign = 1.0;
        foreach (var transform in _transforms) sign *= Direction(transform);
        var x = _base.Icdf(sign * (Taken(probability) - 0.5) + 0.5);
        foreach (var transform in _transforms) x = transform.Forward(x);
        return x;
    }

    static Tensor Direction(Transform transform) => transform.Sign ?? throw new NotSupportedException($"{transform.GetType().Name} neither rises everywhere nor falls.");

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        var samples = shape.Slice(0, shape.Rank - BatchShape.Rank - EventShape.Rank);
        var x = HasRSample ? _base.RSample(samples, generator) : _base.Sample(samples, generator);
        foreach (var transform in _transforms) x = transform.Forward(x);
        return x;
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        Tensor y = value, change = 0.0;
        for (int i = _transforms.Length - 1; i >= 0; i--)
        {
            var x = _transforms[i].Inverse(y);
            var stretch = _transforms[i].LogAbsDetJacobian(x, y);
            for (int d = 0; d < EventShape.Rank; d++) stretch = stretch.Sum(-1);
            change += stretch;
            y = x;
        }
        return _base.LogProb(y) - change;
    }

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => _transforms.Length == 0 ? _base.Support(value) : _transforms[^1].Codomain(value);

    /// <inheritdoc/>
    protected internal override string SupportText => _transforms.Length == 0 ? _base.SupportText : $"that {_transforms[^1].GetType().Name} has";
}
