namespace Candeia;

/// <summary>Uniform on low … low + range − 1 by the high half of a 128-bit product.</summary>
internal readonly struct UniformInteger : IDistribution<long>
{
    readonly long _low;
    readonly ulong _range;

    UniformInteger(long low, long high) => (_low, _range) = (low, unchecked((ulong)high - (ulong)low));

    public static int WordsPerElement => 2;

    public static UniformInteger Between(long low, long high) => low < high
        ? new(low, high)
        : throw new ArgumentOutOfRangeException(nameof(high), high, $"There is no integer from {low} up to and without {high}.");

    public void Map(ReadOnlySpan<uint> words, Span<long> elements)
    {
        for (int i = 0; i < elements.Length; i++) elements[i] = unchecked(_low + (long)Math.BigMul(Pair.At(words, i), _range, out _));
    }
}
