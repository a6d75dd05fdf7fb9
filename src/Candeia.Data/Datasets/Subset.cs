namespace Candeia.Data;

/// <summary>Some items of another data set.</summary>
internal sealed class Subset<T>(Dataset<T> source, IReadOnlyList<int> indices) : Dataset<T>
{
    public override int Count => indices.Count;

    public override T this[int index] => source[indices[index]];

    internal override (Dataset<T> Source, int Index) Origin(int index) => source.Origin(indices[index]);

    internal override int RandomMaps => source.RandomMaps;

    protected internal override T[] Items(ReadOnlySpan<int> positions) => source.Items(Mapped(positions));

    protected internal override IBatch? TryBatch(ReadOnlySpan<int> positions) => source.TryBatch(Mapped(positions));

    int[] Mapped(ReadOnlySpan<int> positions)
    {
        int[] mapped = new int[positions.Length];
        for (int i = 0; i < mapped.Length; i++) mapped[i] = indices[positions[i]];
        return mapped;
    }
}
