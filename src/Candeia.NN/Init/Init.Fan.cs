namespace Candeia.NN;

public static partial class Init
{
    /// <summary>The factor by which weights must be larger so that signals keep their size through a nonlinearity.</summary>
    /// <param name="nonlinearity">What follows the layer.</param>
    /// <param name="slope">The negative slope of <see cref="Nonlinearity.LeakyReLU"/>; without meaning for others.</param>
    public static double Gain(Nonlinearity nonlinearity, double slope = 0.01) => nonlinearity switch
    {
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.ReLU => Math.Sqrt(2),
        Nonlinearity.LeakyReLU => Math.Sqrt(2 / (1 + slope * slope)),
        Nonlinearity.SELU => 0.75,
        _ => 1,
    };

    /// <summary>Uniform on ±gain·√(6 / (fanIn + fanOut)) (Glorot and Bengio, 2010).</summary>
    /// <param name="tensor">A weight of at least two dimensions, outputs first.</param>
    /// <param name="gain">How much larger the numbers are: see <see cref="Gain"/>.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The tensor has fewer than two dimensions.</exception>
    /// <example><code>
    /// var weight = Init.XavierUniform(Tensor.Empty([4, 2]));
    /// Console.WriteLine(weight.Abs().Max().Item() &lt;= 1);      // → True
    /// </code></example>
    public static Tensor XavierUniform(Tensor tensor, double gain = 1, Generator? generator = null) =>
        Within(tensor, XavierStd(tensor, gain), generator);

    /// <summary>Normal with the standard deviation gain·√(2 / (fanIn + fanOut)) (Glorot and Bengio, 2010).</summary>
    /// <param name="tensor">A weight of at least two dimensions, outputs first.</param>
    /// <param name="gain">How much larger the numbers are: see <see cref="Gain"/>.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The tensor has fewer than two dimensions.</exception>
    /// <example><code>
    /// var weight = Init.XavierNormal(Tensor.Empty([64, 32]), Init.Gain(Nonlinearity.Tanh));
    /// </code></example>
    public static Tensor XavierNormal(Tensor tensor, double gain = 1, Generator? generator = null) =>
        Normal(tensor, 0, XavierStd(tensor, gain), generator);

    /// <summary>Uniform on ±gain·√(3 / fan) (He et al., 2015).</summary>
    /// <param name="tensor">A weight of at least two dimensions, outputs first.</param>
    /// <param name="slope">The slope for negative numbers of the leaky ReLU that follows; 0 for ReLU.</param>
    /// <param name="mode">Whether the signals or the gradients shall keep their size.</param>
    /// <param name="nonlinearity">What follows the layer.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The tensor has fewer than two dimensions.</exception>
    /// <example><code>
    /// var weight = Init.KaimingUniform(Tensor.Empty([64, 3, 3, 3]), nonlinearity: Nonlinearity.ReLU);
    /// </code></example>
    public static Tensor KaimingUniform(
        Tensor tensor, double slope = 0, FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU,
        Generator? generator = null) =>
        Within(tensor, KaimingStd(tensor, slope, mode, nonlinearity), generator);

    /// <summary>Normal with the standard deviation gain / √fan (He et al., 2015).</summary>
    /// <param name="tensor">A weight of at least two dimensions, outputs first.</param>
    /// <param name="slope">The slope for negative numbers of the leaky ReLU that follows; 0 for ReLU.</param>
    /// <param name="mode">Whether the signals or the gradients shall keep their size.</param>
    /// <param name="nonlinearity">What follows the layer.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ShapeException">The tensor has fewer than two dimensions.</exception>
    /// <example><code>
    /// var weight = Init.KaimingNormal(Tensor.Empty([64, 3, 3, 3]), nonlinearity: Nonlinearity.ReLU);
    /// </code></example>
    public static Tensor KaimingNormal(
        Tensor tensor, double slope = 0, FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU,
        Generator? generator = null) =>
        Normal(tensor, 0, KaimingStd(tensor, slope, mode, nonlinearity), generator);

    /// <summary>What PyTorch gives the weights and biases of linear and convolutional layers: uniform on ±1/√fanIn of the weight.</summary>
    internal static void Default(Tensor weight, Tensor? bias, Generator? generator)
    {
        KaimingUniform(weight, slope: Math.Sqrt(5), generator: generator);
        double bound = 1 / Math.Sqrt(Math.Max(1, Fans(weight).In));
        if (bias is not null) Uniform(bias, -bound, bound, generator);
    }

    /// <summary>How many inputs an output has, and how many outputs an input: sizes [out, in, …], times the size of a kernel.</summary>
    static (long In, long Out) Fans(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank < 2)
            throw new ShapeException($"A weight needs two dimensions or more, [outputs, inputs, …], to know its fans; this one is {tensor.Shape}.");
        long kernel = tensor.Shape.Slice(2, tensor.Rank - 2).Numel;
        return (tensor.Shape[1] * kernel, tensor.Shape[0] * kernel);
    }

    static double XavierStd(Tensor tensor, double gain)
    {
        var (fanIn, fanOut) = Fans(tensor);
        return gain * Math.Sqrt(2.0 / Math.Max(1, fanIn + fanOut));
    }

    static double KaimingStd(Tensor tensor, double slope, FanMode mode, Nonlinearity nonlinearity)
    {
        var (fanIn, fanOut) = Fans(tensor);
        return Gain(nonlinearity, slope) / Math.Sqrt(Math.Max(1, mode == FanMode.FanIn ? fanIn : fanOut));
    }

    static Tensor Within(Tensor tensor, double std, Generator? generator)
    {
        double bound = Math.Sqrt(3) * std;
        return Uniform(tensor, -bound, bound, generator);
    }
}
