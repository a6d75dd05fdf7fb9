namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Parts of <paramref name="size"/> along a dimension, as views; the last may be smaller.</summary>
    public static Tensor[] Split(this Tensor x, int size, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        int total = x.Shape[x.Shape.Dim(dim)];
        int[] sizes = [.. Enumerable.Range(0, Math.Max(1, (int)(((long)total + size - 1) / size))).Select(i => Math.Min(size, total - i * size))];
        return x.Split(sizes, dim);
    }

    /// <summary>Parts of the given sizes along a dimension, as views.</summary>
    /// <exception cref="ShapeException">The sizes do not add up.</exception>
    public static Tensor[] Split(this Tensor x, ReadOnlySpan<int> sizes, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        int start = 0;
        var parts = new Tensor[sizes.Length];
        for (int i = 0; i < parts.Length; start += sizes[i++]) parts[i] = x.Narrow(dim, start, sizes[i]);
        int total = x.Shape[x.Shape.Dim(dim)];
        return start == total ? parts : throw new ShapeException($"The sizes [{string.Join(", ", sizes.ToArray())}] add up to {start}, but dimension {dim} of {x.Shape} has {total}.");
    }

    /// <summary>At most <paramref name="chunks"/> parts of equal size along a dimension, as views.</summary>
    public static Tensor[] Chunk(this Tensor x, int chunks, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunks);
        int total = x.Shape[x.Shape.Dim(dim)];
        return x.Split(Math.Max(1, (int)(((long)total + chunks - 1) / chunks)), dim);
    }
}
