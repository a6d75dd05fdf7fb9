namespace Candeia.Data;

/// <summary>What some lanes of a stream give for a batch.</summary>
/// <param name="Counts">How many items each lane gives.</param>
/// <param name="Make">Makes a batch of them.</param>
internal sealed record Round<TBatch>(IReadOnlyList<int> Counts, Func<TBatch> Make);
