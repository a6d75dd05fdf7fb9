namespace Candeia;

/// <summary>Normal by inversion of the distribution function at the middle of one of 2⁵² equal steps.</summary>
internal readonly struct NormalDouble(double mean, double std) : IDistribution<double>
{
    public static int WordsPerElement => 2;

    public static double Standard(ulong bits) => NormalQuantile.At(((bits >> 12) + 0.5) * (1.0 / (1L << 52)));

    public void Map(ReadOnlySpan<uint> words, Span<double> elements)
    {
        for (int i = 0; i < elements.Length; i++) elements[i] = mean + std * Standard(Pair.At(words, i));
    }
}
