namespace Candeia.Data;

/// <summary>One data set after another.</summary>
internal sealed class Concatenated<T>(Dataset<T> first, Dataset<T> second) : Dataset<T>
{
    public override int Count => checked(first.Count + second.Count);

    public override T this[int index] => index < first.Count ? first[index] : second[index - first.Count];

    internal override (Dataset<T> Source, int Index) Origin(int index) => index < first.Count ? first.Origin(index) : second.Origin(index - first.Count);

    internal override int RandomMaps => Math.Max(first.RandomMaps, second.RandomMaps);
}
