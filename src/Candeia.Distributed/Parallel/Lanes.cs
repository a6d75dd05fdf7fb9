using Candeia.Data;

namespace Candeia.Distributed;

/// <summary>Batches of which every rank reads the items of its own lanes, and no other.</summary>
internal static class Lanes
{
    /// <summary>The batches of an epoch, until the lanes of all ranks are at their end.</summary>
    /// <param name="loader">What is shared.</param>
    /// <param name="from">The first batch.</param>
    /// <param name="line">How the ranks talk.</param>
    /// <param name="shards">How batches are divided.</param>
    public static IEnumerator<IBatch> Of(Loader loader, int from, Line line, Shards shards)
    {
        int lanes = loader.Lanes, each = lanes / shards.Ranks, first = line.Ranks.Rank * each;
        if (lanes % shards.Count != 0)
            throw new DistributedException($"{lanes} lanes cannot be shared by {shards.Count} {(shards.AreFixed ? "shards" : "ranks")}: take a number of lanes that they divide.");
        return Together(loader, loader.Part(first..(first + each), from), first..(first + each), line, shards);
    }

    static IEnumerator<IBatch> Together(Loader loader, IEnumerator<LanesPart> parts, Range lanes, Line line, Shards shards)
    {
        var (first, each) = lanes.GetOffsetAndLength(loader.Lanes);
        int[] mine = new int[each], all = new int[loader.Lanes];
        IBatch? along = null;
        using var own = parts;
        for (bool isBegun = false; ; isBegun = true)
        {
            var part = own.MoveNext() ? own.Current : null;
            Array.Clear(mine);
            if (part is not null) for (int i = 0; i < each; i++) mine[i] = part.Counts[i];
            // The first batch waits for who fills its buffer.
            line.Watchdog.While("the sizes of a batch", () => line.Ranks.AllGather<int>(mine, all), atLeast: isBegun ? default : TimeSpan.FromMinutes(10));
            int size = all.Sum();
            if (size == 0 || loader.DropLast && size < loader.BatchSize) yield break;
            along ??= Copy(part?.Items ?? Before(loader, lanes));
            yield return new LanesBatch(shards.Divide(all), all.Take(first).Sum(), part?.Items ?? Copy(along));
        }
    }

    /// <summary>The first batch of lanes that had their end before a run went on.</summary>
    static IBatch Before(Loader loader, Range lanes)
    {
        loader.Epoch--;
        using var again = loader.Part(lanes, 0);
        return again.MoveNext() ? again.Current.Items : throw new DistributedException(
            $"The lanes {lanes} of the data have no items at all, and a rank needs some: share the data out among fewer lanes, or more evenly.");
    }

    static IBatch Copy(IBatch batch) => DataParallel.Along(batch).Map(tensor => tensor.Clone().Keep());
}
