using System.Runtime.Intrinsics;

namespace Candeia;

/// <summary>Uniform on [low, high): 24 random bits scaled, and kept below high where rounding would reach it.</summary>
internal readonly struct UniformSingle : IDistribution<float>
{
    readonly float _low, _range, _limit;

    UniformSingle(float low, float high) => (_low, _range, _limit) = (low, high - low, low < high ? MathF.BitDecrement(high) : low);

    public static int WordsPerElement => 1;

    public static UniformSingle On(float low, float high) => low <= high && float.IsFinite(high - low)
        ? new(low, high)
        : throw new ArgumentException($"A uniform distribution needs finite bounds with low ≤ high, not {low} and {high}.");

    public static float Unit(uint word) => (word >> 8) * (1f / (1 << 24));

    // The vectors round as the numbers do: a product, then a sum.
    public void Map(ReadOnlySpan<uint> words, Span<float> elements)
    {
        Vector256<float> low = Vector256.Create(_low), scale = Vector256.Create(1f / (1 << 24)), limit = Vector256.Create(_limit);
        int i = 0;
        for (; i + 8 <= elements.Length; i += 8)
        {
            var unit = Vector256.ConvertToSingle((Vector256.Create(words[i..]) >>> 8).AsInt32()) * scale;
            Vector256.Min(low + unit * _range, limit).CopyTo(elements[i..]);
        }
        for (; i < elements.Length; i++) elements[i] = MathF.Min(_low + _range * Unit(words[i]), _limit);
    }
}
