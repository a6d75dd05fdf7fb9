namespace Candeia;

/// <summary>Uniform on [low, high): 53 random bits scaled, and kept below high where rounding would reach it.</summary>
internal readonly struct UniformDouble : IDistribution<double>
{
    readonly double _low, _range, _limit;

    UniformDouble(double low, double high) => (_low, _range, _limit) = (low, high - low, low < high ? Math.BitDecrement(high) : low);

    public static int WordsPerElement => 2;

    public static UniformDouble On(double low, double high) => low <= high && double.IsFinite(high - low)
        ? new(low, high)
        : throw new ArgumentException($"A uniform distribution needs finite bounds with low ≤ high, not {low} and {high}.");

    public static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1L << 53));

    public void Map(ReadOnlySpan<uint> words, Span<double> elements)
    {
        for (int i = 0; i < elements.Length; i++) elements[i] = Math.Min(_low + _range * Unit(Pair.At(words, i)), _limit);
    }
}
