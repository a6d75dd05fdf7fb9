using System.Collections;

namespace Candeia.Data;

/// <summary>
/// Items that are made when they are asked for. Slicing, mapping, splitting and shuffling give other views of the same items and load nothing.
/// </summary>
public abstract class Dataset<T> : IReadOnlyList<T>
{
    /// <summary>The number of items.</summary>
    public abstract int Count { get; }

    /// <summary>One item; several threads may ask at once.</summary>
    public abstract T this[int index] { get; }

    /// <summary>Items from the start of a range to before its end: <c>data[..10_000]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer items.</exception>
    public Dataset<T> this[Range range]
    {
        get
        {
            int start = range.Start.GetOffset(Count), end = range.End.GetOffset(Count);
            if (start < 0 || end > Count || start > end)
                throw new ArgumentOutOfRangeException(nameof(range), $"Items {range} were asked for, but the data set has {Count}.");
            return Subset(Enumerable.Range(start, end - start).ToArray());
        }
    }

    /// <summary>Several items at once; a data set that can do this faster than one by one overrides it.</summary>
    protected internal virtual T[] Items(ReadOnlySpan<int> indices)
    {
        var items = new T[indices.Length];
        for (int i = 0; i < items.Length; i++) items[i] = this[indices[i]];
        return items;
    }

    /// <summary>
    /// Several items as a batch at once, if the data set can do this faster than putting them together one by one: a <see cref="Batch"/> where items
    /// are samples, or what the loader of such items gives. Tensors that the data set goes on to use may be in it: the loader copies them.
    /// </summary>
    protected internal virtual IBatch? TryBatch(ReadOnlySpan<int> indices) => null;

    /// <summary>The items at some positions, in that order; they may repeat.</summary>
    public Dataset<T> Subset(IReadOnlyList<int> indices) => new Subset<T>(this, indices);

    /// <summary>Every item changed by a function, each time it is asked for.</summary>
    public Dataset<TResult> Map<TResult>(Func<T, TResult> transform) => new Mapped<T, TResult>(this, (item, _) => transform(item));

    /// <summary>
    /// Every item changed at random: the generator depends on seed, epoch and position alone, so that any number of workers gives the same items. Of
    /// several such changes one after the other, each draws numbers of its own.
    /// </summary>
    public Dataset<TResult> Map<TResult>(Func<T, Generator, TResult> transform)
    {
        int below = RandomMaps;
        return new Mapped<T, TResult>(this, (item, index) => transform(item, Draw.For(index, below)), isRandom: true);
    }

    /// <summary>Where an item comes from: through slices and others that hand indices on.</summary>
    internal virtual (Dataset<T> Source, int Index) Origin(int index) => (this, index);

    /// <summary>How many random changes an item has gone through.</summary>
    internal virtual int RandomMaps => 0;

    /// <summary>The items in random order.</summary>
    public Dataset<T> Shuffle(ulong seed) => Subset(new Generator(seed).Permutation(Count));

    /// <summary>Two parts at random, the first with this fraction of the items.</summary>
    public (Dataset<T> First, Dataset<T> Second) Split(double fraction, ulong seed)
    {
        if (fraction is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), $"A fraction lies between 0 and 1, not {fraction}.");
        var shuffled = Shuffle(seed);
        int cut = (int)Math.Round(fraction * Count);
        return (shuffled[..cut], shuffled[cut..]);
    }

    /// <summary>These items, then those.</summary>
    public Dataset<T> Concat(Dataset<T> other) => new Concatenated<T>(this, other);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
