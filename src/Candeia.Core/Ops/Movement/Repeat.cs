namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Copies side by side, so many along each dimension; new dimensions may come in front.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="times">How many times each dimension is repeated, 1 leaving it as it is.</param>
    /// <returns>[2, 3] repeated 2 and 1 times is [4, 3].</returns>
    /// <exception cref="ShapeException">A dimension has no number, or the result would be too large.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2]];
    /// Console.WriteLine(x.Repeat(2, 2));
    /// // →  1  2  1  2
    /// // →  1  2  1  2
    /// // → [ int64 [2, 4] ]
    /// </code></example>
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

    /// <summary>
    /// The elements in row-major order moved by <paramref name="shift"/> places; what leaves at the end comes back at the beginning.
    /// </summary>
    /// <param name="x">A tensor of any shape, which the result keeps.</param>
    /// <param name="shift">How many places each element moves towards the end; a negative number moves it to the beginning.</param>
    public static Tensor Roll(this Tensor x, int shift)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Flatten().Roll(shift, 0).Reshape(x.Shape);
    }

    /// <summary>The parts of several dimensions, each moved by its own number of places.</summary>
    /// <param name="x">A tensor of any shape, which the result keeps.</param>
    /// <param name="shifts">How many places each of the dimensions is moved towards the end.</param>
    /// <param name="dims">The dimensions that are moved; −1 is the last.</param>
    /// <exception cref="ArgumentException">There are not as many shifts as dimensions.</exception>
    public static Tensor Roll(this Tensor x, ReadOnlySpan<int> shifts, ReadOnlySpan<int> dims)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (shifts.Length != dims.Length) throw new ArgumentException($"Roll needs a shift for each dimension, not {shifts.Length} for {dims.Length}.");
        for (int i = 0; i < dims.Length; i++) x = x.Roll(shifts[i], dims[i]);
        return x;
    }

    /// <summary>The parts of a dimension moved by <paramref name="shift"/> places; what leaves at the end comes back at the beginning.</summary>
    /// <param name="x">A tensor of any shape, which the result keeps.</param>
    /// <param name="shift">How many places each part moves towards the end; a negative number moves it to the beginning.</param>
    /// <param name="dim">The dimension that is moved; −1 is the last.</param>
    /// <example><code>
    /// Tensor x = [[1, 2, 3], [4, 5, 6]];
    /// Console.WriteLine(x.Roll(1, dim: 1));
    /// // →  3  1  2
    /// // →  6  4  5
    /// // → [ int64 [2, 3] ]
    /// </code></example>
    public static Tensor Roll(this Tensor x, int shift, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        int size = x.Shape[x.Shape.Dim(dim)];
        if (size == 0) return x.Clone();
        int cut = (int)(((-(long)shift) % size + size) % size);
        return Tensor.Cat([x.Narrow(dim, cut, size - cut), x.Narrow(dim, 0, cut)], dim);
    }

    /// <summary>A dimension moved to another place, as a view.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="source">Which dimensions are moved; −1 is the last.</param>
    /// <param name="destination">Where they stand afterwards; −1 is the end.</param>
    /// <returns>A view: [2, 3, 4] with dimension 0 moved to −1 is [3, 4, 2].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <example><code>
    /// var pixels = Tensor.Zeros([32, 48, 3]);
    /// Console.WriteLine(pixels.Movedim(-1, 0).Shape);      // → [3, 32, 48]
    /// </code></example>
    public static Tensor Movedim(this Tensor x, int source, int destination) => x.Movedim([source], [destination]);

    /// <summary>Dimensions moved to other places, as a view; the others keep their order.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="source">Which dimensions are moved; −1 is the last.</param>
    /// <param name="destination">Where they stand afterwards; −1 is the end.</param>
    /// <returns>A view: [2, 3, 4] with dimension 0 moved to −1 is [3, 4, 2].</returns>
    /// <exception cref="ArgumentException">There are not as many places as dimensions, or one is named twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public static Tensor Movedim(this Tensor x, ReadOnlySpan<int> source, ReadOnlySpan<int> destination)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (source.Length != destination.Length) throw new ArgumentException($"Movedim needs a place for each dimension, not {destination.Length} for {source.Length}.");
        int[] order = new int[x.Rank];
        Array.Fill(order, -1);
        bool[] moved = new bool[x.Rank];
        for (int i = 0; i < source.Length && x.Rank > 0; i++)
        {
            int from = x.Shape.Dim(source[i]), to = x.Shape.Dim(destination[i]);
            if (moved[from] || order[to] >= 0) throw new ArgumentException($"Movedim names a dimension or a place of {x.Shape} twice.");
            (moved[from], order[to]) = (true, from);
        }
        for (int to = 0, from = 0; to < order.Length; to++)
        {
            if (order[to] >= 0) continue;
            while (moved[from]) from++;
            order[to] = from++;
        }
        return x.Permute(order);
    }
}
