namespace Candeia.Data;

/// <summary>What some lanes of a stream have given for a batch.</summary>
/// <param name="Counts">How many items each lane gave.</param>
/// <param name="Items">The items.</param>
internal sealed record LanesPart(IReadOnlyList<int> Counts, IBatch Items);
