namespace Candeia.Data;

/// <summary>
/// Every item once, in batches of items of like lengths, so that little padding is needed. Which items are together, and the order of the batches, is
/// new each epoch.
/// </summary>
/// <remarks>It shuffles all items, sorts so many batches of them at a time by length, and shuffles the batches. Give the loader the same batch size.</remarks>
/// <example><code>
/// var sampler = new BucketSampler([5, 1, 9, 2, 8, 1], batchSize: 2);
/// var order = sampler.Order(new Generator(7));
/// Console.WriteLine(order.Count);                                         // → 6
/// </code></example>
public sealed class BucketSampler : ISampler
{
    readonly int[] _lengths;
    readonly int _batchSize, _batches;

    /// <param name="lengths">The length of each item.</param>
    /// <param name="batchSize">Items per batch, as the loader has them.</param>
    /// <param name="batches">How many batches are sorted together: with more, lengths are more alike, and batches less random.</param>
    public BucketSampler(IReadOnlyList<int> lengths, int batchSize, int batches = 100)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batches);
        (_lengths, _batchSize, _batches) = ([.. lengths], batchSize, batches);
    }

    /// <inheritdoc/>
    public int Count => _lengths.Length;

    /// <inheritdoc/>
    public IReadOnlyList<int> Order(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        int pool = (int)Math.Min((long)_batchSize * _batches, int.MaxValue);
        int[][] batches = [.. generator.Permutation(Count).Chunk(pool).SelectMany(part => part.OrderBy(i => _lengths[i]).Chunk(_batchSize))];
        // The one that is not full stays last: where it ends the loader could not know.
        int full = batches.Length > 0 && batches[^1].Length < _batchSize ? batches.Length - 1 : batches.Length;
        generator.Shuffle(batches.AsSpan(0, full));
        return [.. batches.SelectMany(b => b)];
    }
}
