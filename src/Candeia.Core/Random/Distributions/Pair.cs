namespace Candeia;

/// <summary>Two words as one of 64 bits, the first in the low half on every machine.</summary>
internal static class Pair
{
    public static ulong At(ReadOnlySpan<uint> words, int index) => words[2 * index] | (ulong)words[2 * index + 1] << 32;
}
