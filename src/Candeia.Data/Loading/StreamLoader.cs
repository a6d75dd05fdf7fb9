using System.Collections;

namespace Candeia.Data;

/// <summary>
/// Batches of a stream: like a <see cref="Loader{TBatch}"/>, but nobody knows how many there are. One worker after the other takes the items of the next
/// batch from the stream, and all make their batches side by side, so that the batches do not depend on the number of workers.
/// </summary>
public sealed class StreamLoader<TBatch> : Loader, IEnumerable<TBatch>
{
    readonly Func<Generator, Range, IEnumerable<Round<TBatch>>> _rounds;
    readonly Generator _seed;
    readonly int _workers;

    internal StreamLoader(int batchSize, bool dropLast, int workers, ulong? seed, int lanes, Func<Generator, Range, IEnumerable<Round<TBatch>>> rounds)
        : base(batchSize, dropLast, Owned<TBatch>.IsBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        (_workers, Lanes, _rounds) = (workers, lanes, rounds);
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

    internal override int Lanes { get; }

    internal override IEnumerable<IBatch> Trained(int from = 0) => (from == 0 ? this : From(from)) as IEnumerable<IBatch> ?? throw Untrainable(typeof(TBatch));

    internal override IEnumerator<LanesPart> Part(Range lanes, int from)
    {
        if (!OwnsBatches) throw Untrainable(typeof(TBatch));
        return Enumerate(lanes, from, round => new LanesPart(round.Counts, (IBatch)Owned<TBatch>.Make(round.Make)!));
    }

    IEnumerator<TBatch> Enumerate(int first) => Enumerate(.., first, round => Owned<TBatch>.Make(round.Make));

    IEnumerator<T> Enumerate<T>(Range lanes, int first, Func<Round<TBatch>, T> make)
    {
        var rounds = _rounds(_seed.Split(Epoch++), lanes).Skip(first);
        if (DropLast && lanes.Equals(..)) rounds = rounds.TakeWhile(round => round.Counts.Sum() == BatchSize);
        var work = rounds.Select<Round<TBatch>, Func<T>>(round => () => make(round));
        return _workers == 0 ? work.Select(made => made()).GetEnumerator() : new Prefetch<T>(work.GetEnumerator(), _workers);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
