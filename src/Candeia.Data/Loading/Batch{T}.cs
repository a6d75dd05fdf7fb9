namespace Candeia.Data;

/// <summary>A batch of items that are tuples, lists or dictionaries of tensors: the same thing with the tensors of all items side by side.</summary>
/// <typeparam name="T">What the tensors stand in: <c>(Tensor Left, Tensor Right)</c>.</typeparam>
public sealed class Batch<T> : IBatch
{
    readonly Func<T, Func<Tensor, Tensor>, T> _map;
    readonly Func<T, int, int, T>? _part;

    /// <param name="value">What the tensors stand in.</param>
    /// <param name="size">The number of items.</param>
    /// <param name="map">The same with every tensor changed: <c>(v, change) => (change(v.Left), change(v.Right))</c>.</param>
    /// <param name="part">What else than tensors a part of the items has, from an item on so many: only where there is more than tensors.</param>
    public Batch(T value, int size, Func<T, Func<Tensor, Tensor>, T> map, Func<T, int, int, T>? part = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        (Value, Size, _map, _part) = (value, size, map, part);
    }

    /// <summary>What the tensors stand in.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public IBatch Map(Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new Batch<T>(_map(Value, change), Size, _map, _part);
    }

    /// <inheritdoc/>
    public IBatch Part(int from, int count)
    {
        var others = _part is null ? Value : _part(Value, from, count);
        return new Batch<T>(_map(others, tensor => tensor.Rank > 0 && tensor.Shape[0] == Size ? tensor[from..(from + count)] : throw new ShapeException(
            $"A batch of {Size} items has a tensor {tensor.Shape} whose first dimension does not count them, so it cannot be divided. Put the items first.")), count, _map, _part);
    }

    /// <summary>The number of items and the shapes: <c>3 × [64, 2], [64, 2]</c>.</summary>
    public override string ToString() => $"{Size} × {string.Join(", ", this.Tensors().Select(t => t.Shape))}";
}
