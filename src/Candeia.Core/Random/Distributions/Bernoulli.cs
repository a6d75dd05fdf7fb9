namespace Candeia;

/// <summary>1 where a word is below p · 2³², else 0.</summary>
internal readonly struct Bernoulli(ulong threshold) : IDistribution<byte>
{
    public static int WordsPerElement => 1;

    public static Bernoulli With(double p) => p is >= 0 and <= 1
        ? new((ulong)(p * (1L << 32) + 0.5))
        : throw new ArgumentOutOfRangeException(nameof(p), p, "A probability must be in [0, 1].");

    public void Map(ReadOnlySpan<uint> words, Span<byte> elements)
    {
        // The borrow of the subtraction is the answer: no branch.
        for (int i = 0; i < elements.Length; i++) elements[i] = (byte)((words[i] - threshold) >> 63);
    }
}
