namespace Candeia.NN;

/// <summary>
/// The keys and values that the attention layers of a model have seen, so that generating one more position computes nothing twice. Made for a number of positions at
/// most; records no gradients.
/// </summary>
/// <example><code>
/// var attention = new MultiheadAttention(8, 2).Eval();
/// var x = Tensor.Ones([1, 5, 8]);
/// var cache = new KeyValueCache(layers: 1, capacity: 5);
/// using var _ = Autograd.NoGrad();
/// var first = attention.Forward(x[.., ..4], cache, layer: 0);
/// var last = attention.Forward(x[.., 4..], cache, layer: 0);              // sees the first four too
/// Console.WriteLine($"{last.Shape}, {cache.Length} seen");                // → [1, 1, 8], 5 seen
/// </code></example>
public sealed class KeyValueCache
{
    readonly (Tensor Keys, Tensor Values)?[] _memory;
    readonly int[] _lengths;

    /// <param name="layers">How many attention layers the model has.</param>
    /// <param name="capacity">How many positions fit.</param>
    public KeyValueCache(int layers, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (_memory, _lengths, Capacity) = (new (Tensor, Tensor)?[layers], new int[layers], capacity);
    }

    /// <summary>How many positions fit.</summary>
    public int Capacity { get; }

    /// <summary>How many positions the first layer has seen.</summary>
    public int Length => _lengths[0];

    /// <summary>How many positions a layer has seen.</summary>
    public int LengthOf(int layer) => _lengths[layer];

    /// <summary>Adds keys and values of the next positions.</summary>
    /// <param name="layer">Whose they are.</param>
    /// <param name="keys">[n, heads, positions, d].</param>
    /// <param name="values">[n, heads, positions, e].</param>
    /// <returns>Those of all positions so far.</returns>
    /// <exception cref="InvalidOperationException">They do not fit any more.</exception>
    /// <exception cref="ShapeException">They are of other sequences or heads than those before.</exception>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        using var noGrad = Autograd.NoGrad();
        int length = _lengths[layer], count = keys.Shape[2];
        if (length + count > Capacity)
            throw new InvalidOperationException($"{length + count} positions do not fit into a cache for {Capacity}: make it larger, or begin anew with the last of them.");
        var (allKeys, allValues) = _memory[layer] ??= (Room(keys), Room(values));
        if (allKeys.Shape.With(2, count) != keys.Shape || allValues.Shape.With(2, count) != values.Shape)
            throw new ShapeException($"The cache holds keys {allKeys.Shape.With(2, count)} and values {allValues.Shape.With(2, count)}, not {keys.Shape} and {values.Shape}; Clear() it for others.");
        allKeys.Narrow(2, length, count).CopyFrom(keys);
        allValues.Narrow(2, length, count).CopyFrom(values);
        _lengths[layer] = length + count;
        return (allKeys.Narrow(2, 0, length + count), allValues.Narrow(2, 0, length + count));
    }

    /// <summary>Forgets all positions; the next may be of other sequences.</summary>
    public void Clear()
    {
        Array.Clear(_lengths);
        Array.Clear(_memory);
    }

    /// <summary>Forgets the positions from some on, so that others can follow in their place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        for (int i = 0; i < _lengths.Length; i++) _lengths[i] = Math.Min(_lengths[i], length);
    }

    Tensor Room(Tensor x) => Tensor.Empty(x.Shape.With(2, Capacity), x.DType, x.Device).Keep();
}
