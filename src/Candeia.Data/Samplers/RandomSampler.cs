namespace Candeia.Data;

/// <summary>Every item once, in an order that is new each epoch.</summary>
public sealed record RandomSampler(int Count) : ISampler
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Order(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator.Permutation(Count);
    }
}
