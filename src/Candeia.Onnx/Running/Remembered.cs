namespace Candeia.Onnx;

/// <summary>What follows from weights alone, computed once as long as nobody writes them; where gradients flow or somebody watches, it is computed anew each time.</summary>
internal sealed class Remembered<T> where T : class
{
    sealed record Entry(T Value, Storage[] Storages, int[] Versions);

    Entry? _entry;

    /// <param name="sources">What it follows from.</param>
    /// <param name="make">Computes it; tensors in it are taken out of every scope.</param>
    public T Of(ReadOnlySpan<Tensor> sources, Func<T> make)
    {
        if (Tracing.IsOn) return make();
        if (Autograd.Enabled)
            foreach (var source in sources) if (source.RequiresGrad) return make();
        if (_entry is { } known && IsFresh(known, sources)) return known.Value;
        var (storages, versions) = (new Storage[sources.Length], new int[sources.Length]);
        for (int i = 0; i < sources.Length; i++) (storages[i], versions[i]) = (sources[i].Storage, sources[i].Storage.Version);
        var value = make();
        _entry = new(value, storages, versions);
        return value;
    }

    static bool IsFresh(Entry known, ReadOnlySpan<Tensor> sources)
    {
        if (known.Storages.Length != sources.Length) return false;
        for (int i = 0; i < sources.Length; i++)
            if (!ReferenceEquals(known.Storages[i], sources[i].Storage) || known.Versions[i] != sources[i].Storage.Version) return false;
        return true;
    }
}
