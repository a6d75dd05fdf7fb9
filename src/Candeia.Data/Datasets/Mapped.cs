namespace Candeia.Data;

/// <summary>The items of another data set, changed by a function of item and position, which draws random numbers or does not.</summary>
internal sealed class Mapped<T, TResult>(Dataset<T> source, Func<T, int, TResult> transform, bool isRandom = false) : Dataset<TResult>
{
    public override int Count => source.Count;

    public override TResult this[int index] => transform(source[index], index);

    internal override int RandomMaps => source.RandomMaps + (isRandom ? 1 : 0);

    protected internal override TResult[] Items(ReadOnlySpan<int> indices)
    {
        var items = source.Items(indices);
        var results = new TResult[items.Length];
        for (int i = 0; i < items.Length; i++) results[i] = transform(items[i], indices[i]);
        return results;
    }
}
