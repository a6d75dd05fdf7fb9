namespace Candeia.Distributions;

/// <summary>A distribution of single numbers.</summary>
/// <param name="parameter">Any of the parameters, which have been stretched to each other's shape.</param>
public abstract class Univariate(Tensor parameter) : Distribution(parameter.Shape, [])
{
    /// <inheritdoc/>
    protected internal sealed override DType DType => parameter.DType;

    /// <summary>Uniform numbers between 0 and 1, neither of which occurs.</summary>
    private protected Tensor Uniforms(Shape shape, Generator generator)
    {
        var u = Tensor.Rand(shape, parameter.DType, generator, parameter.Device);
        return u.Clamp(min: Finfo.Of(parameter.DType).Eps / 2);
    }

    /// <summary>Standard normal numbers.</summary>
    private protected Tensor Normals(Shape shape, Generator generator) => Tensor.Randn(shape, parameter.DType, generator, parameter.Device);

    /// <summary>Numbers without a function of the parameters: all are values.</summary>
    private protected static Tensor Anything(Tensor value) => !value.IsNaN();

    /// <summary>Whole numbers from 0 on.</summary>
    private protected static Tensor Counts(Tensor value) => (value >= 0) & value.Eq(value.Floor());
}
