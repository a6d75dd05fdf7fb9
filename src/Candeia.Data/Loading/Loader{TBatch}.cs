using System.Collections;

namespace Candeia.Data;

/// <summary>
/// Batches of a data set, prefetched by threads of their own. Each enumeration is an epoch; its order depends on the seed and the epoch alone,
/// never on the number of workers.
/// </summary>
public sealed class Loader<TBatch> : Loader, IEnumerable<TBatch>
{
    readonly ISampler _sampler;
    readonly Func<ReadOnlyMemory<int>, TBatch> _load;
    readonly Generator _seed;
    readonly int _workers;

    internal Loader(int batchSize, ISampler sampler, bool dropLast, int workers, ulong? seed, Func<ReadOnlyMemory<int>, TBatch> load)
        : base(batchSize, dropLast, Owned<TBatch>.IsBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        Count = sampler.Count / batchSize + (dropLast || sampler.Count % batchSize == 0 ? 0 : 1);
        Items = dropLast ? Count * batchSize : sampler.Count;
        (_sampler, _workers, _load) = (sampler, workers, load);
        _seed = new(seed ?? Generator.Default.NextUInt64());
    }

    /// <summary>The number of batches in an epoch.</summary>
    public int Count { get; }

    /// <summary>The number of items in an epoch.</summary>
    public int Items { get; }

    /// <summary>The first batch of the next epoch, which it does not use up.</summary>
    public TBatch Peek()
    {
        if (Count == 0) throw new InvalidOperationException("There is nothing to look at: the data set has no batches.");
        return Loading(Epoch)(0);
    }

    /// <summary>The batches of the next epoch.</summary>
    public IEnumerator<TBatch> GetEnumerator() => Enumerate(0);

    /// <summary>The batches of the next epoch from one of them on, counted from 0: those before it are not made.</summary>
    public IEnumerable<TBatch> From(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, Count);
        return Rest();

        IEnumerable<TBatch> Rest()
        {
            using var batches = Enumerate(batch);
            while (batches.MoveNext()) yield return batches.Current;
        }
    }

    internal override GeneratorState Seed
    {
        get => _seed.State;
        set => _seed.State = value;
    }

    internal override int? Batches => Count;

    internal override IEnumerable<IBatch> Trained(int from = 0) => (from == 0 ? this : From(from)) as IEnumerable<IBatch> ?? throw Untrainable(typeof(TBatch));

    IEnumerator<TBatch> Enumerate(int first)
    {
        var load = Loading(Epoch++);
        var work = Enumerable.Range(first, Count - first).Select<int, Func<TBatch>>(i => () => load(i));
        return _workers == 0 ? work.Select(make => make()).GetEnumerator() : new Prefetch<TBatch>(work.GetEnumerator(), Math.Clamp(Count - first, 1, _workers));
    }

    /// <summary>Makes the batches of an epoch by their number.</summary>
    Func<int, TBatch> Loading(int number)
    {
        var epoch = _seed.Split(number);
        var order = _sampler.Order(epoch.Split(0)).ToArray().AsMemory();
        var draws = epoch.Split(1);
        TBatch Load(int batch)
        {
            Draw.Begin(draws);
            int start = batch * BatchSize;
            var indices = order.Slice(start, Math.Min(order.Length - start, BatchSize));
            try
            {
                return Owned<TBatch>.Make(() => _load(indices));
            }
            finally
            {
                Draw.Begin(null);
            }
        }
        return Load;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
