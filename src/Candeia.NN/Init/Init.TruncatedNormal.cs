namespace Candeia.NN;

public static partial class Init
{
    /// <summary>From the normal distribution restricted to [low, high], by inversion of its distribution function.</summary>
    /// <param name="tensor">What is filled, of any shape.</param>
    /// <param name="mean">The middle of the distribution.</param>
    /// <param name="std">The standard deviation before it is cut off.</param>
    /// <param name="low">The smallest number that can be drawn.</param>
    /// <param name="high">The largest number that can be drawn.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">There is nothing between the bounds.</exception>
    /// <example><code>
    /// var weight = Init.TruncatedNormal(Tensor.Empty([100]), std: 0.02, low: -0.04, high: 0.04);
    /// Console.WriteLine(weight.Abs().Max().Item() &lt;= 0.04);      // → True
    /// </code></example>
    public static Tensor TruncatedNormal(
        Tensor tensor, double mean = 0, double std = 1, double low = -2, double high = 2, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!(low < high)) throw new ArgumentException($"The interval [{low}, {high}] is empty.");
        if (s_skips) return tensor;
        generator ??= Generator.Default;
        double from = Cumulative((low - mean) / std), to = Cumulative((high - mean) / std);
        double[] values = new double[tensor.Numel];
        generator.FillUniform(values.AsSpan(), from, to);
        for (int i = 0; i < values.Length; i++) values[i] = Math.Clamp(mean + std * NormalQuantile.At(Math.Clamp(values[i], 1e-16, 1 - 1e-16)), low, high);
        return Set(tensor, values);
    }

    /// <summary>
    /// The probability of a standard normal number below <paramref name="x"/>, from its derivative by Simpson's rule; exact to 1e-10.
    /// </summary>
    static double Cumulative(double x)
    {
        const int Steps = 2000;
        double end = Math.Clamp(x, -9, 9), h = end / Steps, sum = 1 + Density(end);
        for (int i = 1; i < Steps; i++) sum += (i % 2 == 0 ? 2 : 4) * Density(i * h);
        return 0.5 + sum * h / 3 / Math.Sqrt(2 * Math.PI);

        static double Density(double t) => PortableMath.Exp(-t * t / 2);
    }
}
