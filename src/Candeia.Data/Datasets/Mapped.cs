namespace Candeia.Data;

/// <summary>The items of another data set, changed by a function of item and position.</summary>
internal sealed class Mapped<T, TResult>(Dataset<T> source, Func<T, int, TResult> transform) : Dataset<TResult>
{
    public override int Count => source.Count;

    public override TResult this[int index] => transform(source[index], index);

    protected internal override TResult[] Items(ReadOnlySpan<int> indices)
    {
        var items = source.Items(indices);
        var results = new TResult[items.Length];
        for (int i = 0; i < items.Length; i++) results[i] = transform(items[i], indices[i]);
        return results;
    }
}
