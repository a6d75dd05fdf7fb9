namespace Candeia;

/// <summary>Turns random words into elements, each from words of its own, so that a span can be filled in any order.</summary>
internal interface IDistribution<T>
{
    static abstract int WordsPerElement { get; }

    void Map(ReadOnlySpan<uint> words, Span<T> elements);
}
