namespace Candeia.Distributions;

/// <summary>Numbers whose making takes nobody knows how many random ones: drawn one after the other, from the generator itself.</summary>
internal static class Draws
{
    /// <summary>Numbers from gamma distributions of these shapes and rate 1.</summary>
    public static Tensor Gamma(Tensor shapes, Generator generator) => Each(shapes, generator, GammaNumber);

    /// <summary>Counts from Poisson distributions of these means.</summary>
    public static Tensor Poisson(Tensor means, Generator generator) => Each(means, generator, (mean, generator) => generator.NextPoisson(mean));

    static Tensor Each(Tensor parameters, Generator generator, Func<double, Generator, double> draw)
    {
        double[] values = parameters.Detach().ToArray<double>();
        for (int i = 0; i < values.Length; i++) values[i] = draw(values[i], generator);
        return Tensor.From(values, parameters.Shape).To(parameters.DType).To(parameters.Device);
    }

    // Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; a shape below 1 comes of one above by a power of a uniform number.
    static double GammaNumber(double shape, Generator generator)
    {
        double less = shape < 1 ? Math.Exp(Math.Log(1 - generator.NextDouble()) / shape) : 1, d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = generator.NextNormal(), v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            double u = 1 - generator.NextDouble();
            if (u < 1 - 0.0331 * x * x * x * x || Math.Log(u) < 0.5 * x * x + d * (1 - v + Math.Log(v))) return d * v * less;
        }
    }
}
