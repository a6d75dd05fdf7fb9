namespace Candeia.Data;

/// <summary>Makes loaders from streams.</summary>
public static class StreamLoaders
{
    /// <summary>Batches of samples: inputs and targets side by side.</summary>
    /// <param name="data">The stream. To shuffle it, ask it for <see cref="IterableDataset{T}.Shuffle"/>.</param>
    /// <param name="batchSize">Items per batch.</param>
    /// <param name="dropLast">Leaves out a last batch with fewer items.</param>
    /// <param name="workers">Threads that make batches ahead; 0 makes each when it is asked for.</param>
    /// <param name="seed">Governs order and random transforms; drawn from the global generator, if none is given.</param>
    public static StreamLoader<Batch> Loader(this IterableDataset<Sample> data, int batchSize, bool dropLast = false, int workers = 1, ulong? seed = null) =>
        data.Loader(batchSize, Batch.Collate, dropLast, workers, seed);

    /// <summary>Batches of pairs of an input and a target.</summary>
    /// <inheritdoc cref="Loader(IterableDataset{Sample}, int, bool, int, ulong?)"/>
    public static StreamLoader<Batch> Loader(
        this IterableDataset<(Tensor X, Tensor Y)> data, int batchSize, bool dropLast = false, int workers = 1, ulong? seed = null) =>
        data.Loader(batchSize, Collate.Stack, dropLast, workers, seed);

    /// <summary>Batches of anything, put together by a function; what is trained on are an <see cref="IBatch"/>.</summary>
    /// <param name="data">The stream.</param>
    /// <param name="batchSize">Items per batch.</param>
    /// <param name="collate">Makes a batch of items.</param>
    /// <param name="dropLast">Leaves out a last batch with fewer items.</param>
    /// <param name="workers">Threads that make batches ahead; 0 makes each when it is asked for.</param>
    /// <param name="seed">Governs order and random transforms; drawn from the global generator, if none is given.</param>
    public static StreamLoader<TBatch> Loader<T, TBatch>(
        this IterableDataset<T> data, int batchSize, Func<IReadOnlyList<T>, TBatch> collate, bool dropLast = false, int workers = 1, ulong? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(collate);
        if (batchSize > 0 && batchSize < data.Lanes)
            throw new ArgumentException($"A batch of {batchSize} cannot have items of all {data.Lanes} lanes: take larger batches, or fewer lanes.", nameof(batchSize));
        return new(batchSize, dropLast, workers, seed, data.Lanes, (epoch, lanes) => Rounds(data, epoch, lanes, batchSize, collate));
    }

    /// <summary>What some lanes give for one batch after the other, until all are at their end.</summary>
    static IEnumerable<Round<TBatch>> Rounds<T, TBatch>(IterableDataset<T> data, Generator epoch, Range lanes, int size, Func<IReadOnlyList<T>, TBatch> collate)
    {
        var (first, count) = lanes.GetOffsetAndLength(data.Lanes);
        var items = new IEnumerator<Func<T>>[count];
        try
        {
            for (int i = 0; i < count; i++) items[i] = data.Items(epoch, first + i).GetEnumerator();
            while (true)
            {
                List<Func<T>> taken = [];
                int[] counts = new int[count];
                for (int i = 0; i < count; i++)
                {
                    int most = Until(first + i + 1) - Until(first + i);
                    while (counts[i] < most && items[i].MoveNext())
                    {
                        taken.Add(items[i].Current);
                        counts[i]++;
                    }
                }
                if (taken.Count == 0) yield break;
                yield return new(counts, () => collate(taken.ConvertAll(item => item())));
            }
        }
        finally
        {
            foreach (var lane in items) lane?.Dispose();
        }

        int Until(int lane) => (int)((long)size * lane / data.Lanes);
    }
}
