namespace Candeia.Data;

/// <summary>Decides which items an epoch sees, and in which order.</summary>
public interface ISampler
{
    /// <summary>How many items an epoch sees.</summary>
    int Count { get; }

    /// <summary>The positions of one epoch; all randomness comes from the generator.</summary>
    IReadOnlyList<int> Order(Generator generator);
}
