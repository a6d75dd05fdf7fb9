namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Numbers drawn evenly from [0, 1).</summary>
    public static Tensor Rand(Shape shape, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Uniform(shape, 0, 1, dtype, generator, device);

    /// <summary>Numbers drawn from the normal distribution with mean 0 and standard deviation 1.</summary>
    public static Tensor Randn(Shape shape, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Normal(shape, 0, 1, dtype, generator, device);

    /// <summary>Numbers drawn evenly from [low, high), on the device itself and with the same bits on each.</summary>
    public static Tensor Uniform(Shape shape, double low, double high, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        UniformOp.Draw(shape, low, high, dtype ?? DefaultDType, generator, device ?? Device.Cpu);

    /// <summary>Numbers drawn from a normal distribution, on the device itself and with the same bits on each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not a number.</exception>
    public static Tensor Normal(Shape shape, double mean, double std, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        NormalOp.Draw(shape, mean, std, dtype ?? DefaultDType, generator, device ?? Device.Cpu);

    /// <summary>Whole numbers drawn evenly from low … high − 1, as int64.</summary>
    public static Tensor Randint(long low, long high, Shape shape, Generator? generator = null, Device? device = null) =>
        RandintOp.Draw(shape, low, high, generator, device ?? Device.Cpu);

    /// <summary>The numbers 0 … n − 1 in random order, as int64. They are put in order on the CPU, each swap depending on those before, and copied to the device.</summary>
    public static Tensor Randperm(int n, Generator? generator = null, Device? device = null) =>
        From(Array.ConvertAll((generator ?? Generator.Default).Permutation(n), i => (long)i), device: device);
}
