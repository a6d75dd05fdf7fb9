namespace Candeia;

/// <summary>Normal by inversion of the distribution function at the middle of one of 2³² equal steps, computed in double precision.</summary>
internal readonly struct NormalSingle(float mean, float std) : IDistribution<float>
{
    public static int WordsPerElement => 1;

    public void Map(ReadOnlySpan<uint> words, Span<float> elements)
    {
        for (int i = 0; i < elements.Length; i++) elements[i] = (float)(mean + std * NormalQuantile.At((words[i] + 0.5) * (1.0 / (1L << 32))));
    }
}
