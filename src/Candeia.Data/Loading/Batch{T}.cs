namespace Candeia.Data;

/// <summary>A batch of items that are tuples, lists or dictionaries of tensors: the same thing with the tensors of all items side by side.</summary>
/// <typeparam name="T">What the tensors stand in: <c>(Tensor Left, Tensor Right)</c>.</typeparam>
public sealed class Batch<T> : IBatch
{
    readonly Func<T, Func<Tensor, Tensor>, T> _map;

    /// <param name="value">What the tensors stand in.</param>
    /// <param name="size">The number of items.</param>
    /// <param name="map">The same with every tensor changed: <c>(v, change) => (change(v.Left), change(v.Right))</c>.</param>
    public Batch(T value, int size, Func<T, Func<Tensor, Tensor>, T> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        (Value, Size, _map) = (value, size, map);
    }

    /// <summary>What the tensors stand in.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public IBatch Map(Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new Batch<T>(_map(Value, change), Size, _map);
    }

    /// <summary>The number of items and the shapes: <c>3 × [64, 2], [64, 2]</c>.</summary>
    public override string ToString() => $"{Size} × {string.Join(", ", this.Tensors().Select(t => t.Shape))}";
}
