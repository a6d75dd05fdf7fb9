namespace Candeia.Data;

/// <summary>Makes loaders from data sets.</summary>
public static class Loaders
{
    /// <summary>Batches of samples: inputs and targets side by side.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples per batch.</param>
    /// <param name="shuffle">A new random order each epoch.</param>
    /// <param name="dropLast">Leaves out a last batch with fewer samples.</param>
    /// <param name="workers">Threads that make batches ahead; 0 makes each when it is asked for.</param>
    /// <param name="seed">Governs order and random transforms; drawn from the global generator, if none is given.</param>
    /// <param name="sampler">Another order than all items in turn or shuffled.</param>
    public static Loader<Batch> Loader(this Dataset<Sample> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null, ISampler? sampler = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(batchSize, Order(data.Count, shuffle, sampler), dropLast, workers, seed, ownsBatches: true,
            indices => data.TryBatch(indices.Span) ?? Batch.Collate(data.Items(indices.Span)));
    }

    /// <summary>Batches of anything, put together by a function.</summary>
    /// <param name="data">The items.</param>
    /// <param name="batchSize">Items per batch.</param>
    /// <param name="collate">Makes a batch of items.</param>
    /// <param name="shuffle">A new random order each epoch.</param>
    /// <param name="dropLast">Leaves out a last batch with fewer items.</param>
    /// <param name="workers">Threads that make batches ahead; 0 makes each when it is asked for.</param>
    /// <param name="seed">Governs order and random transforms; drawn from the global generator, if none is given.</param>
    /// <param name="sampler">Another order than all items in turn or shuffled.</param>
    public static Loader<TBatch> Loader<T, TBatch>(this Dataset<T> data, int batchSize, Func<IReadOnlyList<T>, TBatch> collate, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null, ISampler? sampler = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(collate);
        return new(batchSize, Order(data.Count, shuffle, sampler), dropLast, workers, seed, ownsBatches: false, indices => collate(data.Items(indices.Span)));
    }

    static ISampler Order(int count, bool shuffle, ISampler? sampler) =>
        sampler is null ? shuffle ? new RandomSampler(count) : new SequentialSampler(count)
        : shuffle ? throw new ArgumentException("A sampler decides the order; shuffle cannot be asked for as well.") : sampler;
}
