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
        return new(batchSize, dropLast, workers, seed, epoch => Batches(data.Items(epoch), batchSize, collate, dropLast));
    }

    static IEnumerable<Func<TBatch>> Batches<T, TBatch>(IEnumerable<Func<T>> items, int size, Func<IReadOnlyList<T>, TBatch> collate, bool dropLast)
    {
        foreach (var part in items.Chunk(size))
            if (part.Length == size || !dropLast) yield return () => collate(Array.ConvertAll(part, item => item()));
    }
}
