namespace Candeia;

/// <summary>The activations that are made of other ops. Those with kernels of their own stand beside: Relu, Gelu, Silu, Sigmoid, Tanh.</summary>
public static partial class TensorOps
{
    /// <summary>x where it is positive, slope·x elsewhere, element by element.</summary>
    public static Tensor LeakyRelu(this Tensor x, double slope = 0.01) => x.InWide(x => (x > 0).Where(x, x * slope));

    /// <summary>x where it is positive, α·(eˣ − 1) elsewhere, element by element.</summary>
    public static Tensor Elu(this Tensor x, double alpha = 1) => x.InWide(x => (x > 0).Where(x, x.Clamp(max: 0).Expm1() * alpha));

    /// <summary>The self-normalizing ELU, element by element.</summary>
    public static Tensor Selu(this Tensor x) => x.InWide(x => x.Elu(1.6732632423543772) * 1.0507009873554805);

    /// <summary>max(x, 0) + min(0, α·(e^(x/α) − 1)), element by element.</summary>
    public static Tensor Celu(this Tensor x, double alpha = 1) => x.InWide(x => (x > 0).Where(x, (x.Clamp(max: 0) / alpha).Expm1() * alpha));

    /// <summary>log(1 + e^(βx)) / β, without overflow, element by element.</summary>
    public static Tensor Softplus(this Tensor x, double beta = 1) => x.InWide(x => x.Maximum(0) + (-(x.Abs() * beta)).Exp().Log1p() / beta);

    /// <summary>The logarithm of the sigmoid, without overflow, element by element.</summary>
    public static Tensor LogSigmoid(this Tensor x) => x.InWide(x => x.Minimum(0) - (-x.Abs()).Exp().Log1p());

    /// <summary>x / (1 + |x|), element by element.</summary>
    public static Tensor Softsign(this Tensor x) => x.InWide(x => x / (x.Abs() + 1));

    /// <summary>x·tanh(softplus(x)), element by element.</summary>
    public static Tensor Mish(this Tensor x) => x.InWide(x => x * x.Softplus().Tanh());

    /// <summary>x between min and max, the bounds outside, element by element; no gradient passes at the bounds themselves, unlike in <see cref="Clamp(Tensor, double?, double?)"/>.</summary>
    public static Tensor Hardtanh(this Tensor x, double min = -1, double max = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        x = (x <= min).Where(Tensor.Number(min, x.DType), x);
        return (x >= max).Where(Tensor.Number(max, x.DType), x);
    }

    /// <summary>min(max(x, 0), 6), element by element.</summary>
    public static Tensor Relu6(this Tensor x) => x.Hardtanh(0, 6);

    /// <summary>min(max(x + 3, 0), 6) / 6, element by element.</summary>
    public static Tensor Hardsigmoid(this Tensor x) => x.InWide(x => (x + 3).Hardtanh(0, 6) / 6);

    /// <summary>x·hardsigmoid(x), element by element.</summary>
    public static Tensor Hardswish(this Tensor x) => x.InWide(x => x * x.Hardsigmoid());

    /// <summary>A composition whose steps are not rounded to a type that is only stored, but its result once; whole numbers are converted first.</summary>
    static Tensor InWide(this Tensor x, Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(x);
        var dtype = x.DType.Fractional();
        return function(x.To(dtype.Wide())).To(dtype);
    }
}
