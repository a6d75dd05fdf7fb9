namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Numbers drawn evenly from [0, 1).</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <exception cref="ArgumentException">The type has no fractions.</exception>
    /// <example><code>
    /// var x = Tensor.Rand([1000]);
    /// Console.WriteLine(x.Min().Item() >= 0 &amp;&amp; x.Max().Item() &lt; 1);      // → True
    /// </code></example>
    public static Tensor Rand(Shape shape, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Uniform(shape, 0, 1, dtype, generator, device);

    /// <summary>Numbers drawn from the normal distribution with mean 0 and standard deviation 1.</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <exception cref="ArgumentException">The type has no fractions.</exception>
    /// <example><code>
    /// Tensor a = Tensor.Randn([3], generator: new Generator(7)), b = Tensor.Randn([3], generator: new Generator(7));
    /// Console.WriteLine((bool)a.Eq(b).All());      // → True
    /// </code></example>
    public static Tensor Randn(Shape shape, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Normal(shape, 0, 1, dtype, generator, device);

    /// <summary>Numbers drawn evenly from [low, high), on the device itself and with the same bits on each.</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="low">The smallest number that can be drawn.</param>
    /// <param name="high">What is above all that can be drawn.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <exception cref="ArgumentException">The bounds are infinite or in the wrong order, or the type has no fractions.</exception>
    /// <example><code>
    /// var x = Tensor.Uniform([1000], low: -1, high: 1);
    /// Console.WriteLine(x.Min().Item() >= -1 &amp;&amp; x.Max().Item() &lt; 1);      // → True
    /// </code></example>
    public static Tensor Uniform(Shape shape, double low, double high, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        UniformOp.Draw(shape, low, high, dtype ?? DefaultDType, generator, device ?? Device.Cpu);

    /// <summary>Numbers drawn from a normal distribution, on the device itself and with the same bits on each.</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="mean">The middle of the distribution.</param>
    /// <param name="std">The standard deviation: two of three numbers are no further than that from the middle.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not a number.</exception>
    /// <exception cref="ArgumentException">The type has no fractions.</exception>
    /// <example><code>
    /// var heights = Tensor.Normal([10_000], mean: 170, std: 10);
    /// Console.WriteLine(heights.Mean().Item() is > 169 and &lt; 171);      // → True
    /// </code></example>
    public static Tensor Normal(Shape shape, double mean, double std, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        NormalOp.Draw(shape, mean, std, dtype ?? DefaultDType, generator, device ?? Device.Cpu);

    /// <summary>Whole numbers drawn evenly from low … high − 1, as int64.</summary>
    /// <param name="low">The smallest number that can be drawn.</param>
    /// <param name="high">One more than the largest.</param>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no number from low up to and without high.</exception>
    /// <example><code>
    /// var dice = Tensor.Randint(1, 7, [100]);
    /// Console.WriteLine($"{dice.Min().Item()} … {dice.Max().Item()}");      // → 1 … 6
    /// </code></example>
    public static Tensor Randint(long low, long high, Shape shape, Generator? generator = null, Device? device = null) =>
        RandintOp.Draw(shape, low, high, generator, device ?? Device.Cpu);

    /// <summary>
    /// The numbers 0 … n − 1 in random order, as int64: that of random numbers of 63 bits, drawn and sorted on the device itself, the same on each.
    /// </summary>
    /// <param name="n">How many numbers.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>A vector [n].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    /// <example><code>
    /// var order = Tensor.Randperm(5);
    /// Console.WriteLine(string.Join(' ', order.Sort().Values.ToArray&lt;long>()));      // → 0 1 2 3 4
    /// </code></example>
    public static Tensor Randperm(int n, Generator? generator = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return Randint(0, long.MaxValue, [n], generator, device).ArgSort();
    }
}
