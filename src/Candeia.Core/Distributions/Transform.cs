namespace Candeia.Distributions;

/// <summary>A function with an inverse, and by how much it stretches: what makes one distribution of another. It is one of single numbers.</summary>
public abstract record Transform
{
    /// <summary>y of x.</summary>
    /// <param name="x">Numbers of any shape.</param>
    public abstract Tensor Forward(Tensor x);

    /// <summary>x of y.</summary>
    /// <param name="y">Numbers that the function has as values.</param>
    public abstract Tensor Inverse(Tensor y);

    /// <summary>log |dy/dx|.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="y">The function's values there.</param>
    public abstract Tensor LogAbsDetJacobian(Tensor x, Tensor y);

    /// <summary>Which numbers are values of the function.</summary>
    /// <param name="y">Numbers of any shape.</param>
    public virtual Tensor Codomain(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return !y.IsNaN();
    }

    /// <summary>Whether the function falls, so that probabilities of smaller values become those of larger ones; null where that is not known of the type alone.</summary>
    internal virtual Tensor? Sign => 1.0;
}

/// <summary>eˣ.</summary>
public sealed record ExpTransform : Transform
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Exp();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => x;

    /// <inheritdoc/>
    public override Tensor Codomain(Tensor y) => y > 0;
}

/// <summary>location + scale·x.</summary>
/// <param name="Location">What is added.</param>
/// <param name="Scale">The factor, not 0.</param>
public sealed record AffineTransform(Tensor Location, Tensor Scale) : Transform
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Location + Scale * x;

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y - Location) / Scale;

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Tensor.ZerosLike(x) + Scale.Abs().Log();

    internal override Tensor? Sign => Scale.Detach().Sign();
}

/// <summary>The sigmoid function.</summary>
public sealed record SigmoidTransform : Transform
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Sigmoid();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log() - (-y).Log1p();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => -(-x).Softplus() - x.Softplus();

    /// <inheritdoc/>
    public override Tensor Codomain(Tensor y) => (y > 0) & (y < 1);
}

/// <summary>The hyperbolic tangent.</summary>
public sealed record TanhTransform : Transform
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Tanh();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => 0.5 * (y.Log1p() - (-y).Log1p());

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => 2 * (Math.Log(2) - x - (-2 * x).Softplus());

    /// <inheritdoc/>
    public override Tensor Codomain(Tensor y) => (y > -1) & (y < 1);
}

/// <summary>xᵏ of positive numbers.</summary>
/// <param name="Exponent">k, not 0.</param>
public sealed record PowerTransform(Tensor Exponent) : Transform
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Pow(Exponent);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Pow(1 / Exponent);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => (Exponent * y / x).Abs().Log();

    /// <inheritdoc/>
    public override Tensor Codomain(Tensor y) => y > 0;

    internal override Tensor? Sign => Exponent.Detach().Sign();
}
