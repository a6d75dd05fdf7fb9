using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        int i = 0;
        if (threshold <= uint.MaxValue)
        {
            var limit = Vector256.Create((uint)threshold);
            ref uint word = ref MemoryMarshal.GetReference(words);
            for (; i + 32 <= elements.Length; i += 32)
            {
                var below = Vector256.Narrow(
                    Vector256.Narrow(Below(ref word, i, limit), Below(ref word, i + 8, limit)),
                    Vector256.Narrow(Below(ref word, i + 16, limit), Below(ref word, i + 24, limit)));
                (below & Vector256<byte>.One).CopyTo(elements[i..]);
            }
        }
        for (; i < elements.Length; i++) elements[i] = words[i] < threshold ? (byte)1 : (byte)0;
    }

    static Vector256<uint> Below(ref uint word, int i, Vector256<uint> limit) => Vector256.LessThan(Vector256.LoadUnsafe(ref word, (nuint)i), limit);
}
