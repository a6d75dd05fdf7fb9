namespace Candeia.Data;

/// <summary>Every item, in order.</summary>
public sealed record SequentialSampler(int Count) : ISampler
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Order(Generator generator) => Enumerable.Range(0, Count).ToArray();
}
