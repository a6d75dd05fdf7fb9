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

    /// <summary>A batch that every rank has: as even as can be.</summary>
    public Division Divide(int batch) => new([.. Enumerable.Range(1, Count).Select(shard => (int)((long)batch * shard / Count))]);

    /// <summary>A batch of which every rank has the items of some lanes: a shard is what neighbouring lanes have given.</summary>
    /// <param name="lanes">How many items each lane has given.</param>
    public Division Divide(IReadOnlyList<int> lanes)
    {
        int each = lanes.Count / Count;
        return new([.. Enumerable.Range(1, Count).Select(shard => lanes.Take(shard * each).Sum())]);
    }
}
