using System.Collections;

namespace Candeia.Data;

/// <summary>
/// Items that come one after the other and whose number nobody knows: lines of files, records of a database, what arrives over a network. They are never
/// in memory together. What comes out depends on the source, the seed and the epoch alone, never on the number of workers.
/// </summary>
/// <typeparam name="T">What an item is.</typeparam>
/// <example><code>
/// static IEnumerable&lt;int> Numbers() { for (int i = 0; i &lt; 10; i++) yield return i; }
/// var squares = new IterableDataset&lt;int>(Numbers()).Map(i => Tensor.From([(float)i * i]));
/// foreach (var batch in squares.Loader(4, items => Tensor.Stack([.. items]))) Console.WriteLine(batch.Shape);
/// // → [4, 1]
/// // → [4, 1]
/// // → [2, 1]
/// </code></example>
public sealed class IterableDataset<T> : IEnumerable<T>
{
    // Items of a lane that are yet to be made, for its random numbers of an epoch: who makes them may be another thread than the one that goes through the source.
    readonly Func<Generator, int, IEnumerable<Func<T>>> _items;

    /// <summary>What a sequence gives; it is gone through once an epoch.</summary>
    public IterableDataset(IEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _items = (_, _) => source.Select(Made);
    }

    /// <summary>What comes from a file, a database or a network in its own time; it is gone through once an epoch.</summary>
    public IterableDataset(IAsyncEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _items = (_, _) => source.ToBlockingEnumerable().Select(Made);
    }

    /// <summary>What a function gives for the random numbers of an epoch: a source whose order is another one each time.</summary>
    public IterableDataset(Func<Generator, IEnumerable<T>> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_items, Stages) = ((epoch, _) => source(epoch.Split(0)).Select(Made), 1);
    }

    /// <summary>
    /// What a function gives for each of several lanes, which are gone through side by side: a batch takes as many items from each. Of processes that
    /// train together each reads some of the lanes, and no other; the batches are the same for any number of them.
    /// </summary>
    /// <param name="source">The items of a lane, for the random numbers of an epoch and the lane's number, counted from 0.</param>
    /// <param name="lanes">How many lanes there are: the number of processes divides it.</param>
    /// <example><code>
    /// var data = new IterableDataset&lt;int>((epoch, lane) => Enumerable.Range(10 * lane, 3), lanes: 2);
    /// foreach (var batch in data.Loader(4, items => string.Join(' ', items))) Console.WriteLine(batch);
    /// // → 0 1 10 11
    /// // → 2 12
    /// </code></example>
    public IterableDataset(Func<Generator, int, IEnumerable<T>> source, int lanes)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lanes);
        (_items, Stages, Lanes) = ((epoch, lane) => source(epoch.Split(0), lane).Select(Made), 1, lanes);
    }

    IterableDataset(Func<Generator, int, IEnumerable<Func<T>>> items, int stages, int lanes) => (_items, Stages, Lanes) = (items, stages, lanes);

    /// <summary>How many parts are gone through side by side.</summary>
    public int Lanes { get; } = 1;

    /// <summary>How many stages draw random numbers.</summary>
    internal int Stages { get; }

    /// <summary>Every item changed by a function. The workers of a loader do this side by side.</summary>
    public IterableDataset<TResult> Map<TResult>(Func<T, TResult> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return new((epoch, lane) => _items(epoch, lane).Select<Func<T>, Func<TResult>>(item => () => transform(item())), Stages, Lanes);
    }

    /// <summary>Every item changed at random: the generator depends on seed, epoch and the item's position in the stream alone.</summary>
    public IterableDataset<TResult> Map<TResult>(Func<T, Generator, TResult> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        int stage = Stages;
        return new((epoch, lane) =>
        {
            var draws = epoch.Split(stage);
            return _items(epoch, lane).Select<Func<T>, Func<TResult>>((item, i) => () => transform(item(), draws.Split(i)));
        }, Stages + 1, Lanes);
    }

    /// <summary>Several items in the place of each, or none: the rows of a part of a table, the sentences of a text. They are made one after the other.</summary>
    /// <param name="parts">What an item consists of.</param>
    public IterableDataset<TResult> SelectMany<TResult>(Func<T, IEnumerable<TResult>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new((epoch, lane) => _items(epoch, lane).SelectMany(item => parts(item())).Select(IterableDataset<TResult>.Made), Stages, Lanes);
    }

    /// <summary>The items for which a condition holds. They are made to be asked, one after the other.</summary>
    public IterableDataset<T> Where(Func<T, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new((epoch, lane) => _items(epoch, lane).Select(item => item()).Where(condition).Select(Made), Stages, Lanes);
    }

    /// <summary>Every so-manieth item of each lane, so that several processes share a stream: each takes a number of its own.</summary>
    /// <param name="index">Which share, from 0.</param>
    /// <param name="count">How many shares there are.</param>
    public IterableDataset<T> Shard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return new((epoch, lane) => _items(epoch, lane).Where((_, i) => i % count == index), Stages, Lanes);
    }

    /// <summary>The items in an order that is new each epoch: each is drawn from so many that wait. The more wait, the more it is like a shuffle of all.</summary>
    /// <param name="buffer">How many items of each lane wait.</param>
    public IterableDataset<T> Shuffle(int buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(buffer);
        int stage = Stages;
        return new((epoch, lane) => Drawn(_items(epoch, lane), epoch.Split(stage), buffer), Stages + 1, Lanes);
    }

    /// <summary>The items of a lane in an epoch, yet to be made.</summary>
    internal IEnumerable<Func<T>> Items(Generator epoch, int lane) => _items(Lanes == 1 ? epoch : epoch.Split(-1, lane), lane);

    /// <summary>All items; those of one lane after those of the other.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        var epoch = Generator.Default.Split(0);
        return Enumerable.Range(0, Lanes).SelectMany(lane => Items(epoch, lane)).Select(item => item()).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    static Func<T> Made(T item) => () => item;

    static IEnumerable<Func<T>> Drawn(IEnumerable<Func<T>> items, Generator generator, int buffer)
    {
        List<Func<T>> waiting = [];
        foreach (var item in items)
        {
            if (waiting.Count < buffer)
            {
                waiting.Add(item);
                continue;
            }
            int at = generator.NextInt(buffer);
            yield return waiting[at];
            waiting[at] = item;
        }
        foreach (int at in generator.Permutation(waiting.Count)) yield return waiting[at];
    }
}
