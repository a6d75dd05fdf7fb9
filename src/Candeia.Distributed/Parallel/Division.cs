namespace Candeia.Distributed;

/// <summary>Which items of a batch belong to which shard: they are neighbours.</summary>
/// <param name="Ends">Where the items of each shard end.</param>
internal sealed record Division(IReadOnlyList<int> Ends)
{
    /// <summary>How many items the batch has.</summary>
    public int Size => Ends[^1];

    /// <summary>Where a shard begins, and how many items it has.</summary>
    public (int From, int Items) Of(int shard)
    {
        int from = shard == 0 ? 0 : Ends[shard - 1];
        return (from, Ends[shard] - from);
    }
}
