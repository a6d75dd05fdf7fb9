namespace Candeia.NN;

/// <summary>
/// Fills parameters with initial values, in place; the functions of <see href="https://pytorch.org/docs/stable/nn.init.html">torch.nn.init</see>.
/// All return the tensor. Random ones draw from <see cref="Generator.Default"/> unless a generator is given.
/// </summary>
public static partial class Init
{
    /// <summary>The same value everywhere.</summary>
    public static Tensor Constant(Tensor tensor, double value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var _ = Autograd.NoGrad();
        return tensor.Fill(value);
    }

    /// <summary>Zeros.</summary>
    public static Tensor Zeros(Tensor tensor) => Constant(tensor, 0);

    /// <summary>Ones.</summary>
    public static Tensor Ones(Tensor tensor) => Constant(tensor, 1);

    /// <summary>Uniform on [low, high).</summary>
    public static Tensor Uniform(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
    {
        generator ??= Generator.Default;
        return Draw(tensor, x => generator.FillUniform(x, (float)low, (float)high), x => generator.FillUniform(x, low, high));
    }

    /// <summary>From the normal distribution.</summary>
    public static Tensor Normal(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
    {
        if (!(std >= 0)) throw new ArgumentOutOfRangeException(nameof(std), std, "A standard deviation is a number of at least 0.");
        generator ??= Generator.Default;
        return Draw(tensor, x => generator.FillNormal(x, (float)mean, (float)std), x => generator.FillNormal(x, mean, std));
    }

    static Tensor Draw(Tensor tensor, Action<Span<float>> single, Action<Span<double>> twice)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var _ = Autograd.NoGrad();
        if (!tensor.DType.IsFloatingPoint()) throw new ArgumentException($"Random numbers with fractions do not fill a tensor of {tensor.DType}.", nameof(tensor));
        var values = Tensor.Empty(tensor.Shape, tensor.DType.Wide());           // half precision is drawn in float32 and rounded
        if (values.DType == DType.Float64) values.Write<double>(x => twice(x));
        else values.Write<float>(x => single(x));
        return tensor.CopyFrom(values);
    }

    /// <summary>Fills from numbers in row-major order.</summary>
    static Tensor Set(Tensor tensor, double[] values)
    {
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.From(values, tensor.Shape));
    }
}
