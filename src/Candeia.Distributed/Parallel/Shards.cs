namespace Candeia.Distributed;

/// <summary>How batches are divided: into so many shards, of which each rank computes some that are neighbours.</summary>
/// <param name="Count">All shards.</param>
/// <param name="Ranks">All ranks.</param>
/// <param name="AreFixed">Whether their number is the user's, so that results have the same bits for any number of ranks.</param>
internal sealed record Shards(int Count, int Ranks, bool AreFixed)
{
    /// <summary>As the user wants it: as many shards as ranks unless told otherwise.</summary>
    /// <exception cref="DistributedException">They cannot be divided among the ranks.</exception>
    public static Shards For(int? wanted, int ranks)
    {
        if (wanted is not { } count) return new(ranks, ranks, false);
        if (!int.IsPow2(count) || count % ranks != 0)
            throw new DistributedException($"{count} shards cannot be computed by {ranks} ranks to the same bits: take a power of two, and as many ranks or a half, a quarter, … of them.");
        return new(count, ranks, true);
    }

    /// <summary>How many each rank computes.</summary>
    public int Each => Count / Ranks;

    /// <summary>Where a shard of a batch begins, and how many items it has.</summary>
    public (int From, int Items) Of(int shard, int batch)
    {
        int from = (int)((long)batch * shard / Count);
        return (from, (int)((long)batch * (shard + 1) / Count) - from);
    }
}
