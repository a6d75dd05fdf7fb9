namespace Candeia;

public static partial class TensorOps
{
    /// <summary>A dimension divided into several; one of the sizes may be −1, to be computed from the others.</summary>
    /// <param name="x">A tensor of at least one dimension.</param>
    /// <param name="dim">The dimension that is divided; −1 is the last.</param>
    /// <param name="sizes">The sizes that it becomes.</param>
    /// <exception cref="ShapeException">The sizes do not make up that of the dimension.</exception>
    /// <example><code>Tensor x = [1, 2, 3, 4, 5, 6]; var y = x.Unflatten(0, 2, -1);     // [[1, 2, 3], [4, 5, 6]]</code></example>
    public static Tensor Unflatten(this Tensor x, int dim, params ReadOnlySpan<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim), size = x.Shape[d];
        int[] parts = sizes.ToArray();
        int open = Array.IndexOf(parts, -1);
        if (open >= 0)
        {
            parts[open] = 1;
            long known = Shape.Create(parts).Numel;
            parts[open] = known > 0 && size % known == 0 ? (int)(size / known) : -1;
        }
        if (parts.Length == 0 || Array.Exists(parts, p => p < 0) || Shape.Create(parts).Numel != size)
            throw new ShapeException($"The sizes [{string.Join(", ", sizes.ToArray())}] do not make up dimension {d} of {x.Shape}.");
        return x.Reshape([.. x.Shape.Sizes[..d], .. parts, .. x.Shape.Sizes[(d + 1)..]]);
    }

    /// <summary>Copies side by side, so many along each dimension; of fewer numbers than dimensions, those of the first are 1.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="times">How many times each dimension is repeated, 1 leaving it as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <example><code>Tensor x = [[1, 2]]; var y = x.Tile(2);                           // [[1, 2, 1, 2]]</code></example>
    public static Tensor Tile(this Tensor x, params ReadOnlySpan<int> times)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] all = new int[Math.Max(times.Length, x.Rank)];
        Array.Fill(all, 1);
        times.CopyTo(all.AsSpan(all.Length - times.Length));
        return x.Repeat(all);
    }

    /// <summary>
    /// Each part of a dimension so many times, one after the other: 1 1 2 2 of 1 2. Without a dimension, each element in row-major order.
    /// </summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="repeats">How many times each part comes.</param>
    /// <param name="dim">The dimension whose parts are repeated; without one, the elements in row-major order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="ShapeException">Together the parts would be more than a size can be.</exception>
    /// <example><code>Tensor x = [1, 2]; var y = x.RepeatInterleave(2);                 // [1, 1, 2, 2]</code></example>
    public static Tensor RepeatInterleave(this Tensor x, int repeats, int? dim = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(repeats);
        if (dim is not { } wanted || x.Rank == 0) return x.Flatten().Unsqueeze(1).Expand(-1, repeats).Flatten();
        int d = x.Shape.Dim(wanted);
        var wide = x.Unsqueeze(d + 1);
        return wide.Expand(wide.Shape.With(d + 1, repeats)).Flatten(d, d + 1);
    }

    /// <summary>Each part of a dimension as often as a vector says, one after the other: 1 2 2 of 1 2 by [1, 2]. Reads how often.</summary>
    /// <param name="x">The parts.</param>
    /// <param name="repeats">A whole number for each part, or one for all.</param>
    /// <param name="dim">The dimension; without one, the elements in row-major order.</param>
    /// <exception cref="ArgumentException">There is not a number for each part, or it is negative or no whole number.</exception>
    /// <exception cref="ShapeException">Together the parts would be more than a size can be.</exception>
    /// <example><code>Tensor x = [1, 2]; var y = x.RepeatInterleave(Tensor.From([1, 2]));  // [1, 2, 2]</code></example>
    public static Tensor RepeatInterleave(this Tensor x, Tensor repeats, int? dim = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(repeats);
        if (dim is null) (x, dim) = (x.Flatten(), 0);
        int d = x.Shape.Dim(dim.Value), size = x.Shape[d];
        if (!repeats.DType.IsInteger() || repeats.Rank > 1 || repeats.Numel != 1 && repeats.Numel != size)
            throw new ArgumentException($"RepeatInterleave needs a whole number for each of the {size} parts, not {repeats.DType} {repeats.Shape}.");
        long[] counts = repeats.ToArray<long>();
        if (Array.Exists(counts, c => c < 0)) throw new ArgumentException($"A part is repeated 0 times or more, not {counts.Min()} times.");
        if (counts.Length == 1 && counts[0] <= int.MaxValue) return x.RepeatInterleave((int)counts[0], d);
        double all = counts.Sum(c => (double)c);
        if (all > Array.MaxLength) throw new ShapeException($"The parts of {x.Shape} would be {all} together, more than a size can be; repeat them less often.");
        long[] from = new long[(int)all];
        for (int i = 0, at = 0; i < size; at += (int)counts[i++]) from.AsSpan(at, (int)counts[i]).Fill(i);
        return x.IndexSelect(d, Tensor.From(from, device: x.Device));
    }
}
