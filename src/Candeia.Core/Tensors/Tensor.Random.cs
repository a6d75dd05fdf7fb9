namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Numbers drawn evenly from [0, 1).</summary>
    public static Tensor Rand(Shape shape, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Uniform(shape, 0, 1, dtype, generator, device);

    /// <summary>Numbers drawn from the normal distribution with mean 0 and standard deviation 1.</summary>
    public static Tensor Randn(Shape shape, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Normal(shape, 0, 1, dtype, generator, device);

    /// <summary>Numbers drawn evenly from [low, high).</summary>
    public static Tensor Uniform(Shape shape, double low, double high, DType? dtype = null, Generator? generator = null, Device? device = null) => Drawn(nameof(Uniform), shape, dtype, device, t =>
    {
        var g = generator ?? Generator.Default;
        if (t.DType == DType.Float64) g.FillUniform(t.Span<double>(), low, high);
        else g.FillUniform(t.Span<float>(), (float)low, (float)high);
    });

    /// <summary>Numbers drawn from a normal distribution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative.</exception>
    public static Tensor Normal(Shape shape, double mean, double std, DType? dtype = null, Generator? generator = null, Device? device = null) => Drawn(nameof(Normal), shape, dtype, device, t =>
    {
        if (!(std >= 0)) throw new ArgumentOutOfRangeException(nameof(std), std, "A standard deviation is a number of at least 0.");
        var g = generator ?? Generator.Default;
        if (t.DType == DType.Float64) g.FillNormal(t.Span<double>(), mean, std);
        else g.FillNormal(t.Span<float>(), (float)mean, (float)std);
    });

    /// <summary>Whole numbers drawn evenly from low … high − 1, as int64.</summary>
    public static Tensor Randint(long low, long high, Shape shape, Generator? generator = null, Device? device = null) =>
        OnHost(shape, DType.Int64, device, t => (generator ?? Generator.Default).FillIntegers(t.Span<long>(), low, high));

    /// <summary>The numbers 0 … n − 1 in random order, as int64.</summary>
    public static Tensor Randperm(int n, Generator? generator = null, Device? device = null) =>
        From(Array.ConvertAll((generator ?? Generator.Default).Permutation(n), i => (long)i), device: device);

    /// <summary>Numbers drawn in float32 or float64, and rounded where a type is only stored.</summary>
    static Tensor Drawn(string name, Shape shape, DType? dtype, Device? device, Action<Tensor> fill)
    {
        var type = dtype ?? DefaultDType;
        if (!type.IsFloatingPoint()) throw new ArgumentException($"{name} draws floating-point numbers, not {type}.", nameof(dtype));
        return OnHost(shape, type.Wide(), device, fill).To(type);
    }
}
