namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Copies side by side, so many along each dimension; new dimensions may come in front.</summary>
    public static Tensor Repeat(this Tensor x, params ReadOnlySpan<int> times)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (times.Length < x.Rank) throw new ShapeException($"Repeat of {x.Shape} needs a number for each dimension, not {times.Length}.");
        foreach (int count in times) if (count < 0) throw new ArgumentOutOfRangeException(nameof(times), $"Repeat takes counts of 0 or more, not {count}.");
        int[] wide = new int[2 * times.Length], single = new int[2 * times.Length], merged = new int[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            int size = i < times.Length - x.Rank ? 1 : x.Shape[i - times.Length + x.Rank];
            if ((long)times[i] * size > int.MaxValue) throw new ShapeException($"{times[i]} times {size} parts of {x.Shape} are more than a size can be.");
            (wide[2 * i], wide[2 * i + 1], single[2 * i], single[2 * i + 1], merged[i]) = (times[i], size, 1, size, times[i] * size);
        }
        return x.Reshape(single).Expand(Shape.Create(wide)).Reshape(merged);
    }

    /// <summary>The parts of a dimension moved by <paramref name="shift"/> places; what leaves at the end comes back at the beginning.</summary>
    public static Tensor Roll(this Tensor x, int shift, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        int size = x.Shape[x.Shape.Dim(dim)];
        if (size == 0) return x.Clone();
        int cut = ((size - shift) % size + size) % size;
        return Tensor.Cat([x.Narrow(dim, cut, size - cut), x.Narrow(dim, 0, cut)], dim);
    }

    /// <summary>A dimension moved to another place, as a view.</summary>
    public static Tensor Movedim(this Tensor x, int source, int destination)
    {
        ArgumentNullException.ThrowIfNull(x);
        int from = x.Shape.Dim(source), to = x.Shape.Dim(destination);
        List<int> order = [.. Enumerable.Range(0, x.Rank).Where(d => d != from)];
        order.Insert(to, from);
        return x.Permute([.. order]);
    }
}
