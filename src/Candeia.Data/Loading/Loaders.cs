namespace Candeia.Data;

/// <summary>Makes loaders from data sets. The tensors of items are put side by side, whatever these are; other items need a function.</summary>
public static class Loaders
{
    /// <summary>Batches of samples: inputs and targets side by side.</summary>
    /// <param name="data">The items.</param>
    /// <param name="batchSize">Items per batch.</param>
    /// <param name="shuffle">A new random order each epoch.</param>
    /// <param name="dropLast">Leaves out a last batch with fewer items.</param>
    /// <param name="workers">Threads that make batches ahead; 0 makes each when it is asked for.</param>
    /// <param name="seed">Governs order and random transforms; drawn from the global generator, if none is given.</param>
    /// <param name="sampler">Another order than all items in turn or shuffled.</param>
    public static Loader<Batch> Loader(
        this Dataset<Sample> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null, ISampler? sampler = null) =>
        Make(data, Batch.Collate, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of pairs of an input and a target.</summary>
    /// <inheritdoc cref="Loader(Dataset{Sample}, int, bool, bool, int, ulong?, ISampler?)"/>
    public static Loader<Batch> Loader(
        this Dataset<(Tensor X, Tensor Y)> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null,
        ISampler? sampler = null) => Make(data, Collate.Stack, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of single tensors.</summary>
    /// <inheritdoc cref="Loader(Dataset{Sample}, int, bool, bool, int, ulong?, ISampler?)"/>
    public static Loader<Batch<Tensor>> Loader(
        this Dataset<Tensor> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null, ISampler? sampler = null) =>
        Make(data, Collate.Stack, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of items with three tensors: an anchor, what is like it, and what is not.</summary>
    /// <inheritdoc cref="Loader(Dataset{Sample}, int, bool, bool, int, ulong?, ISampler?)"/>
    public static Loader<Batch<(Tensor, Tensor, Tensor)>> Loader(
        this Dataset<(Tensor, Tensor, Tensor)> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null,
        ISampler? sampler = null) => Make(data, Collate.Stack, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of items with four tensors.</summary>
    /// <inheritdoc cref="Loader(Dataset{Sample}, int, bool, bool, int, ulong?, ISampler?)"/>
    public static Loader<Batch<(Tensor, Tensor, Tensor, Tensor)>> Loader(
        this Dataset<(Tensor, Tensor, Tensor, Tensor)> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null,
        ISampler? sampler = null) => Make(data, Collate.Stack, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of items with any number of tensors, the same for all.</summary>
    /// <inheritdoc cref="Loader(Dataset{Sample}, int, bool, bool, int, ulong?, ISampler?)"/>
    public static Loader<Batch<Tensor[]>> Loader(
        this Dataset<Tensor[]> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null, ISampler? sampler = null) =>
        Make(data, Collate.Stack, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of items with tensors under names, the same for all.</summary>
    /// <inheritdoc cref="Loader(Dataset{Sample}, int, bool, bool, int, ulong?, ISampler?)"/>
    public static Loader<Batch<Dictionary<string, Tensor>>> Loader(
        this Dataset<Dictionary<string, Tensor>> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null,
        ISampler? sampler = null) => Make(data, Collate.Stack, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of texts and a tensor each, such as their classes: the texts as a list.</summary>
    /// <inheritdoc cref="Loader(Dataset{Sample}, int, bool, bool, int, ulong?, ISampler?)"/>
    public static Loader<Batch<(IReadOnlyList<string>, Tensor)>> Loader(
        this Dataset<(string, Tensor)> data, int batchSize, bool shuffle = false, bool dropLast = false, int workers = 1, ulong? seed = null,
        ISampler? sampler = null) => Make(data, Collate.Stack, batchSize, shuffle, dropLast, workers, seed, sampler);

    /// <summary>Batches of anything, put together by a function; what is trained on are an <see cref="IBatch"/>.</summary>
    /// <param name="data">The items.</param>
    /// <param name="batchSize">Items per batch.</param>
    /// <param name="collate">Makes a batch of items.</param>
    /// <param name="shuffle">A new random order each epoch.</param>
    /// <param name="dropLast">Leaves out a last batch with fewer items.</param>
    /// <param name="workers">Threads that make batches ahead; 0 makes each when it is asked for.</param>
    /// <param name="seed">Governs order and random transforms; drawn from the global generator, if none is given.</param>
    /// <param name="sampler">Another order than all items in turn or shuffled.</param>
    public static Loader<TBatch> Loader<T, TBatch>(
        this Dataset<T> data, int batchSize, Func<IReadOnlyList<T>, TBatch> collate, bool shuffle = false, bool dropLast = false, int workers = 1,
        ulong? seed = null, ISampler? sampler = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(collate);
        return new(batchSize, Order(data.Count, shuffle, sampler), dropLast, workers, seed, indices => collate(data.Items(indices.Span)));
    }

    /// <summary>Batches that the data set makes itself, if it can, and that are put together item by item otherwise.</summary>
    static Loader<TBatch> Make<T, TBatch>(
        Dataset<T> data, Func<IReadOnlyList<T>, TBatch> collate, int batchSize, bool shuffle, bool dropLast, int workers, ulong? seed, ISampler? sampler)
        where TBatch : class, IBatch
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(batchSize, Order(data.Count, shuffle, sampler), dropLast, workers, seed, indices => data.TryBatch(indices.Span) switch
        {
            null => collate(data.Items(indices.Span)),
            TBatch ready => ready,
            var other => throw new InvalidOperationException(
                $"{data.GetType().Name}.{nameof(data.TryBatch)} gave a {other.GetType()}; its loader gives {typeof(TBatch)}."),
        });
    }

    static ISampler Order(int count, bool shuffle, ISampler? sampler) =>
        sampler is null ? shuffle ? new RandomSampler(count) : new SequentialSampler(count)
        : shuffle ? throw new ArgumentException("A sampler decides the order; shuffle cannot be asked for as well.") : sampler;
}
