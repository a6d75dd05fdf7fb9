using System.Collections;

namespace Candeia.Data;

/// <summary>
/// Batches of a stream: like a <see cref="Loader{TBatch}"/>, but nobody knows how many there are. One worker after the other takes the items of the next
/// batch from the stream, and all make their batches side by side, so that the batches do not depend on the number of workers.
/// </summary>
public sealed class StreamLoader<TBatch> : Loader, IEnumerable<TBatch>
{
    readonly Func<Generator, IEnumerable<Func<TBatch>>> _batches;
    readonly Generator _seed;
    readonly int _workers;

    internal StreamLoader(int batchSize, bool dropLast, int workers, ulong? seed, Func<Generator, IEnumerable<Func<TBatch>>> batches)
        : base(batchSize, dropLast, Owned<TBatch>.IsBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        (_workers, _batches) = (workers, batches);
        _seed = new(seed ?? Generator.Default.NextUInt64());
    }

    /// <summary>The batches of the next epoch.</summary>
    public IEnumerator<TBatch> GetEnumerator() => Enumerate(0);

    /// <summary>The batches of the next epoch from one of them on, counted from 0: the items before it are gone through, but their batches are not made.</summary>
    public IEnumerable<TBatch> From(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
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

    internal override int? Batches => null;

    internal override IEnumerable<IBatch> Trained(int from = 0) => (from == 0 ? this : From(from)) as IEnumerable<IBatch> ?? throw Untrainable(typeof(TBatch));

    IEnumerator<TBatch> Enumerate(int first)
    {
        var work = _batches(_seed.Split(Epoch++)).Skip(first).Select<Func<TBatch>, Func<TBatch>>(make => () => Owned<TBatch>.Make(make));
        return _workers == 0 ? work.Select(make => make()).GetEnumerator() : new Prefetch<TBatch>(work.GetEnumerator(), _workers);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
