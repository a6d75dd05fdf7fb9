using System.Runtime.CompilerServices;

namespace Candeia;

public sealed partial class Generator
{
    const int ChunkLength = 1 << 15, PieceWords = 1024;

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

    // Element i is made of words position + i · WordsPerElement …, whichever thread makes it.
    unsafe void Fill<T, TDistribution>(Span<T> values, TDistribution distribution)
        where T : unmanaged where TDistribution : struct, IDistribution<T>
    {
        ulong first = Take((long)values.Length * TDistribution.WordsPerElement);
        fixed (T* start = values)
        {
            int chunks = (int)(((long)values.Length + ChunkLength - 1) / ChunkLength);
            Workers.Run(chunks, new Chunks<T, TDistribution>(_key, _stream, first, start, values.Length, distribution));
        }
    }

    readonly unsafe struct Chunks<T, TDistribution>(ulong key, ulong stream, ulong first, T* start, int length, TDistribution distribution) : IWork
        where T : unmanaged where TDistribution : struct, IDistribution<T>
    {
        [SkipLocalsInit]
        public void Run(int item)
        {
            Span<uint> words = stackalloc uint[PieceWords];
            int step = PieceWords / TDistribution.WordsPerElement;
            int end = (int)Math.Min(length, (item + 1L) * ChunkLength);
            for (int i = item * ChunkLength; i < end; i += step)
            {
                int count = Math.Min(step, end - i);
                var used = words[..(count * TDistribution.WordsPerElement)];
                Philox.Words(key, stream, first + (ulong)i * (ulong)TDistribution.WordsPerElement, used);
                distribution.Map(used, new Span<T>(start + i, count));
            }
        }
    }
}
