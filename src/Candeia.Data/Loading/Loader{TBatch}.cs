using System.Collections;
using System.Runtime.CompilerServices;

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
        : base(batchSize, sampler.Count, dropLast, ownsBatches: typeof(IBatch).IsAssignableFrom(typeof(TBatch)))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        (_sampler, _workers, _load) = (sampler, workers, load);
        _seed = new(seed ?? Generator.Default.NextUInt64());
    }

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

    internal override IEnumerable<IBatch> Trained(int from = 0) => (from == 0 ? this : From(from)) as IEnumerable<IBatch> ?? throw new InvalidOperationException(
        $"Batches of the type {typeof(TBatch)} cannot be trained on: let the collate function give a Batch, or a type of your own that is an {nameof(IBatch)}.");

    IEnumerator<TBatch> Enumerate(int first) =>
        _workers == 0 ? InTurn(first, Count, Loading(Epoch++)) : new Prefetch<TBatch>(first, Count, _workers, Loading(Epoch++));

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
                if (!OwnsBatches && !IsTransparent) return _load(indices);
                using var scope = Scope.Begin();
                return Keep(_load(indices), scope);
            }
            finally
            {
                Draw.Begin(null);
            }
        }
        return Load;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    static IEnumerator<TBatch> InTurn(int first, int count, Func<int, TBatch> load)
    {
        for (int i = first; i < count; i++) yield return load(i);
    }

    /// <summary>Whether the tensors of a batch can be told from its type. Those in a type of the user's nobody finds, so their memory is left to the garbage collector.</summary>
    static bool IsTransparent => typeof(TBatch) == typeof(Tensor) || typeof(TBatch) == typeof(Tensor[])
        || typeof(ITuple).IsAssignableFrom(typeof(TBatch)) && typeof(TBatch).GetGenericArguments() is { Length: > 0 } parts && parts.All(p => p == typeof(Tensor));

    /// <summary>The batch outlives the scope in which its items were made.</summary>
    static TBatch Keep(TBatch batch, Scope scope)
    {
        switch (batch)
        {
            case IBatch items: return (TBatch)Own(items, scope);
            case Tensor t: t.Keep(); break;
            case Tensor[] tensors: foreach (var t in tensors) t.Keep(); break;
            case ITuple tuple: for (int i = 0; i < tuple.Length; i++) (tuple[i] as Tensor)?.Keep(); break;
        }
        return batch;
    }

    /// <summary>The batch with tensors that nobody else has: what was not made for it just now is copied.</summary>
    static IBatch Own(IBatch batch, Scope scope)
    {
        var tensors = batch.Tensors();
        bool[] made = [.. tensors.Select(scope.Owns)];
        foreach (var tensor in tensors.Where((_, i) => made[i])) tensor.Keep();
        if (made.All(isOwn => isOwn)) return batch;
        int next = 0;
        return batch.Map(tensor => made[next++] ? tensor : tensor.Clone().Keep());
    }
}
