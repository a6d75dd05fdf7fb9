namespace Candeia.Data;

/// <summary>Puts the tensors of items side by side. All items of a batch have the same shapes.</summary>
internal static class Collate
{
    public static Batch<Tensor> Stack(IReadOnlyList<Tensor> items) => new(Tensor.Stack([.. items]), items.Count, (x, change) => change(x));

    public static Batch Stack(IReadOnlyList<(Tensor X, Tensor Y)> items) => new(Side(items, i => i.X), Side(items, i => i.Y));

    public static Batch<(Tensor, Tensor, Tensor)> Stack(IReadOnlyList<(Tensor, Tensor, Tensor)> items) => new(
        (Side(items, i => i.Item1), Side(items, i => i.Item2), Side(items, i => i.Item3)), items.Count,
        (v, change) => (change(v.Item1), change(v.Item2), change(v.Item3)));

    public static Batch<(Tensor, Tensor, Tensor, Tensor)> Stack(IReadOnlyList<(Tensor, Tensor, Tensor, Tensor)> items) => new(
        (Side(items, i => i.Item1), Side(items, i => i.Item2), Side(items, i => i.Item3), Side(items, i => i.Item4)), items.Count,
        (v, change) => (change(v.Item1), change(v.Item2), change(v.Item3), change(v.Item4)));

    public static Batch<Tensor[]> Stack(IReadOnlyList<Tensor[]> items)
    {
        if (items.FirstOrDefault(i => i.Length != items[0].Length) is { } other)
            throw new ShapeException($"An item has {other.Length} tensors, and another one {items[0].Length}; those of a batch have the same number.");
        return Of([.. items[0].Select((_, k) => Side(items, i => i[k]))], items.Count);
    }

    public static Batch<Tensor[]> Of(Tensor[] tensors, int size) => new(tensors, size, (v, change) => Array.ConvertAll(v, t => change(t)));

    public static Batch<Dictionary<string, Tensor>> Stack(IReadOnlyList<Dictionary<string, Tensor>> items)
    {
        if (items.FirstOrDefault(i => !i.Keys.ToHashSet().SetEquals(items[0].Keys)) is { } other)
            throw new ShapeException($"An item has {Names(other)}, and another one {Names(items[0])}; those of a batch have the same names.");
        return new(items[0].Keys.ToDictionary(name => name, name => Side(items, i => i[name])), items.Count,
            (v, change) => v.ToDictionary(entry => entry.Key, entry => change(entry.Value)));
    }

    public static Batch<(IReadOnlyList<string>, Tensor)> Stack(IReadOnlyList<(string, Tensor)> items) => new(
        ([.. items.Select(i => i.Item1)], Side(items, i => i.Item2)), items.Count, (v, change) => (v.Item1, change(v.Item2)),
        (v, from, count) => ([.. v.Item1.Skip(from).Take(count)], v.Item2));

    static Tensor Side<T>(IReadOnlyList<T> items, Func<T, Tensor> part) => Tensor.Stack([.. items.Select(part)]);

    static string Names(Dictionary<string, Tensor> item) => string.Join(", ", item.Keys.Order(StringComparer.Ordinal));
}
