using Candeia.Kernels;

namespace Candeia;

public sealed partial class Generator
{
    /// <summary>Fills with numbers uniform on [low, high).</summary>
    public void FillUniform(Span<float> values, float low = 0, float high = 1) => Fill(values, UniformSingle.On(low, high));

    /// <inheritdoc cref="FillUniform(Span{float}, float, float)"/>
    public void FillUniform(Span<double> values, double low = 0, double high = 1) => Fill(values, UniformDouble.On(low, high));

    /// <summary>Fills with numbers from the normal distribution. One word an element: values beyond ±6.3 standard deviations do not occur.</summary>
    public void FillNormal(Span<float> values, float mean = 0, float std = 1) => Fill(values, new NormalSingle(mean, std));

    /// <summary>Fills with numbers from the normal distribution.</summary>
    public void FillNormal(Span<double> values, double mean = 0, double std = 1) => Fill(values, new NormalDouble(mean, std));

    /// <summary>Fills with ones that have probability <paramref name="p"/>, exact to 2⁻³², and zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside [0, 1].</exception>
    public void FillBernoulli(Span<byte> values, double p) => Fill(values, Bernoulli.With(p));

    /// <summary>Fills with integers uniform on low … high − 1; the bias is below (high − low) · 2⁻⁶⁴.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public void FillIntegers(Span<long> values, long low, long high) => Fill(values, UniformInteger.Between(low, high));

    void Fill<T, TDistribution>(Span<T> values, TDistribution distribution) where T : unmanaged where TDistribution : struct, IDistribution<T> =>
        RandomCalls.Fill(_key, _stream, Take((long)values.Length * TDistribution.WordsPerElement), values, distribution);
}
