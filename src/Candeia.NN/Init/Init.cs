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
        ArgumentNullException.ThrowIfNull(tensor);
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.Uniform(tensor.Shape, low, high, tensor.DType, generator, tensor.Device));
    }

    /// <summary>From the normal distribution.</summary>
    public static Tensor Normal(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.Normal(tensor.Shape, mean, std, tensor.DType, generator, tensor.Device));
    }

    /// <summary>Fills from numbers in row-major order.</summary>
    static Tensor Set(Tensor tensor, double[] values)
    {
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.From(values, tensor.Shape));
    }
}
