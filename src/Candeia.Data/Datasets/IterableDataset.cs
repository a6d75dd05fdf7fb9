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
    // Items that are yet to be made, for the random numbers of an epoch: who makes them may be another thread than the one that goes through the source.
    readonly Func<Generator, IEnumerable<Func<T>>> _items;

    /// <summary>What a sequence gives; it is gone through once an epoch.</summary>
    public IterableDataset(IEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _items = _ => source.Select(Made);
    }

    /// <summary>What comes from a file, a database or a network in its own time; it is gone through once an epoch.</summary>
    public IterableDataset(IAsyncEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _items = _ => source.ToBlockingEnumerable().Select(Made);
    }

    /// <summary>What a function gives for the random numbers of an epoch: a source whose order is another one each time.</summary>
    public IterableDataset(Func<Generator, IEnumerable<T>> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_items, Stages) = (epoch => source(epoch.Split(0)).Select(Made), 1);
    }

    internal IterableDataset(Func<Generator, IEnumerable<Func<T>>> items, int stages) => (_items, Stages) = (items, stages);

    /// <summary>How many stages draw random numbers.</summary>
    internal int Stages { get; }

    /// <summary>Every item changed by a function. The workers of a loader do this side by side.</summary>
    public IterableDataset<TResult> Map<TResult>(Func<T, TResult> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return new(epoch => _items(epoch).Select<Func<T>, Func<TResult>>(item => () => transform(item())), Stages);
    }

    /// <summary>Every item changed at random: the generator depends on seed, epoch and the item's position in the stream alone.</summary>
    public IterableDataset<TResult> Map<TResult>(Func<T, Generator, TResult> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        int stage = Stages;
        return new(epoch =>
        {
            var draws = epoch.Split(stage);
            return _items(epoch).Select<Func<T>, Func<TResult>>((item, i) => () => transform(item(), draws.Split(i)));
        }, Stages + 1);
    }

    /// <summary>The items for which a condition holds. They are made to be asked, one after the other.</summary>
    public IterableDataset<T> Where(Func<T, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new(epoch => _items(epoch).Select(item => item()).Where(condition).Select(Made), Stages);
    }

    /// <summary>Every so-manieth item, so that several processes share a stream: each takes a number of its own.</summary>
    /// <param name="index">Which share, from 0.</param>
    /// <param name="count">How many shares there are.</param>
    public IterableDataset<T> Shard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return new(epoch => _items(epoch).Where((_, i) => i % count == index), Stages);
    }

    /// <summary>The items in an order that is new each epoch: each is drawn from so many that wait. The more wait, the more it is like a shuffle of all.</summary>
    /// <param name="buffer">How many items wait.</param>
    public IterableDataset<T> Shuffle(int buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(buffer);
        int stage = Stages;
        return new(epoch => Drawn(_items(epoch), epoch.Split(stage), buffer), Stages + 1);
    }

    /// <summary>The items of an epoch, yet to be made.</summary>
    internal IEnumerable<Func<T>> Items(Generator epoch) => _items(epoch);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items(Generator.Default.Split(0)).Select(item => item()).GetEnumerator();

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
