namespace Candeia.NN;

/// <summary>a·sigmoid(b), where a and b are the halves of a dimension.</summary>
/// <param name="dim">The dimension that is halved.</param>
public sealed class GLU(int dim = -1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Glu(dim);
}

/// <summary>silu(a)·b, where a and b are the halves of a dimension.</summary>
/// <param name="dim">The dimension that is halved.</param>
public sealed class SwiGLU(int dim = -1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.SwiGlu(dim);
}

/// <summary>0 where |x| ≤ λ, x elsewhere.</summary>
/// <param name="lambda">λ, the bound: 0.5, unless given.</param>
public sealed class Hardshrink(double lambda = 0.5) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Hardshrink(lambda);
}

/// <summary>x drawn towards 0 by λ, 0 where it would change its sign.</summary>
/// <param name="lambda">λ, not negative.</param>
public sealed class Softshrink(double lambda = 0.5) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softshrink(lambda);
}

/// <summary>x − tanh(x).</summary>
public sealed class Tanhshrink : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Tanhshrink();
}

/// <summary>x where it is larger than a threshold, a value elsewhere.</summary>
/// <param name="threshold">What x is compared with.</param>
/// <param name="value">What stands for all that is not larger.</param>
public sealed class Threshold(double threshold, double value) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Threshold(threshold, value);
}

/// <summary>The softmax of −x.</summary>
/// <param name="dim">The dimension whose numbers add up to 1.</param>
public sealed class Softmin(int dim) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softmin(dim);
}

/// <summary>The probabilities nearest to x, with true zeros.</summary>
/// <param name="dim">The dimension whose numbers add up to 1.</param>
public sealed class Sparsemax(int dim = -1) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Sparsemax(dim);
}

/// <summary>x where it is positive, slope·x elsewhere: in training with random slopes, in evaluation with their mean.</summary>
/// <param name="lower">The least slope.</param>
/// <param name="upper">The greatest slope.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class RReLU(double lower = 1.0 / 8, double upper = 1.0 / 3, Generator? generator = null) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Rrelu(lower, upper, IsTraining, generator);
}
