namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Parts of <paramref name="size"/> along a dimension, as views; the last may be smaller.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="size">How many parts of the dimension each piece has.</param>
    /// <param name="dim">The dimension that is cut; −1 is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not at least 1.</exception>
    /// <example><code>
    /// var parts = Tensor.Arange(5).Split(2);
    /// Console.WriteLine(string.Join(' ', parts.Select(p => p.Shape)));      // → [2] [2] [1]
    /// </code></example>
    public static Tensor[] Split(this Tensor x, int size, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        int total = x.Shape[x.Shape.Dim(dim)];
        int[] sizes = [.. Enumerable.Range(0, Math.Max(1, (int)(((long)total + size - 1) / size))).Select(i => Math.Min(size, total - i * size))];
        return x.Split(sizes, dim);
    }

    /// <summary>Parts of the given sizes along a dimension, as views.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="sizes">How many parts of the dimension each piece has; together all.</param>
    /// <param name="dim">The dimension that is cut; −1 is the last.</param>
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
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="chunks">How many pieces; the last may be smaller, and there are fewer where they do not fit.</param>
    /// <param name="dim">The dimension that is cut; −1 is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of pieces is not at least 1.</exception>
    /// <example><code>
    /// var parts = Tensor.Arange(5).Chunk(3);
    /// Console.WriteLine(string.Join(' ', parts.Select(p => p.Shape)));      // → [2] [2] [1]
    /// </code></example>
    public static Tensor[] Chunk(this Tensor x, int chunks, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunks);
        int total = x.Shape[x.Shape.Dim(dim)];
        return x.Split(Math.Max(1, (int)(((long)total + chunks - 1) / chunks)), dim);
    }

    /// <summary>The parts of a dimension, which disappears, as views.</summary>
    /// <param name="x">A tensor of at least one dimension.</param>
    /// <param name="dim">The dimension that is taken apart; −1 is the last.</param>
    /// <exception cref="ShapeException">It is a single number, without parts.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var parts = x.Unbind(1);            // [1, 3] and [2, 4]</code></example>
    public static Tensor[] Unbind(this Tensor x, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) throw new ShapeException("A number has no parts.");
        int d = x.Shape.Dim(dim);
        var parts = new Tensor[x.Shape[d]];
        for (int i = 0; i < parts.Length; i++) parts[i] = x.Select(d, i);
        return parts;
    }

    /// <summary>So many parts along a dimension, as views; where they cannot be equal, the first are larger by one.</summary>
    /// <param name="x">A tensor of at least one dimension.</param>
    /// <param name="sections">How many parts.</param>
    /// <param name="dim">The dimension that is cut; −1 is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There would be no part.</exception>
    /// <example><code>Tensor x = [1, 2, 3]; var parts = x.TensorSplit(2);               // [1, 2] and [3]</code></example>
    public static Tensor[] TensorSplit(this Tensor x, int sections, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sections);
        int size = SizeOf(x, dim), least = size / sections, more = size % sections;
        int[] sizes = new int[sections];
        for (int i = 0; i < sections; i++) sizes[i] = least + (i < more ? 1 : 0);
        return x.Split(sizes, dim);
    }

    /// <summary>The parts of a dimension before, between and behind some positions, as views; negative ones count from the end.</summary>
    /// <param name="x">A tensor of at least one dimension.</param>
    /// <param name="indices">Where each part but the first begins, in ascending order; negative ones count from the end.</param>
    /// <param name="dim">The dimension that is cut; −1 is the last.</param>
    /// <exception cref="ShapeException">It is a single number.</exception>
    /// <example><code>Tensor x = [1, 2, 3]; var parts = x.TensorSplit([1, 3]);          // [1], [2, 3] and nothing</code></example>
    public static Tensor[] TensorSplit(this Tensor x, ReadOnlySpan<int> indices, int dim = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        int size = SizeOf(x, dim), d = x.Shape.Dim(dim), from = 0;
        var parts = new Tensor[indices.Length + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            int to = i == indices.Length ? size : Math.Clamp(indices[i] < 0 ? indices[i] + size : indices[i], 0, size);
            parts[i] = x.Narrow(d, from, Math.Max(0, to - from));
            from = to;
        }
        return parts;
    }

    /// <summary>So many equal parts side by side, as views: of a vector along its only dimension, else along the second.</summary>
    /// <param name="x">A tensor of at least one dimension.</param>
    /// <param name="sections">How many parts.</param>
    /// <exception cref="ShapeException">The parts would not be equal.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var parts = x.HSplit(2);             // [[1], [3]] and [[2], [4]]</code></example>
    public static Tensor[] HSplit(this Tensor x, int sections) => Equal(x, sections, AlongRows(x));

    /// <summary>
    /// The parts side by side before, between and behind some positions, as views: of a vector along its only dimension, else along the second.
    /// </summary>
    /// <param name="x">A tensor of at least one dimension.</param>
    /// <param name="indices">Where each part but the first begins, in ascending order.</param>
    /// <exception cref="ShapeException">It is a single number.</exception>
    /// <example><code>Tensor x = [1, 2, 3]; var parts = x.HSplit([1]);                  // [1] and [2, 3]</code></example>
    public static Tensor[] HSplit(this Tensor x, ReadOnlySpan<int> indices) => x.TensorSplit(indices, AlongRows(x));

    /// <summary>So many equal parts on top of each other, along the first dimension, as views.</summary>
    /// <param name="x">A tensor of at least two dimensions.</param>
    /// <param name="sections">How many parts.</param>
    /// <exception cref="ShapeException">The parts would not be equal, or there are fewer than two dimensions.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var parts = x.VSplit(2);             // [[1, 2]] and [[3, 4]]</code></example>
    public static Tensor[] VSplit(this Tensor x, int sections) => Equal(x, sections, Having(x, 2, 0));

    /// <summary>The parts on top of each other before, between and behind some positions of the first dimension, as views.</summary>
    /// <param name="x">A tensor of at least two dimensions.</param>
    /// <param name="indices">Where each part but the first begins, in ascending order.</param>
    /// <exception cref="ShapeException">There are fewer than two dimensions.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var parts = x.VSplit([1]);           // [[1, 2]] and [[3, 4]]</code></example>
    public static Tensor[] VSplit(this Tensor x, ReadOnlySpan<int> indices) => x.TensorSplit(indices, Having(x, 2, 0));

    /// <summary>So many equal parts behind each other, along the third dimension, as views.</summary>
    /// <param name="x">A tensor of at least three dimensions.</param>
    /// <param name="sections">How many parts.</param>
    /// <exception cref="ShapeException">The parts would not be equal, or there are fewer than three dimensions.</exception>
    /// <example><code>var parts = Tensor.Ones([2, 2, 4]).DSplit(2);                     // two of [2, 2, 2]</code></example>
    public static Tensor[] DSplit(this Tensor x, int sections) => Equal(x, sections, Having(x, 3, 2));

    /// <summary>The parts behind each other before, between and behind some positions of the third dimension, as views.</summary>
    /// <param name="x">A tensor of at least three dimensions.</param>
    /// <param name="indices">Where each part but the first begins, in ascending order.</param>
    /// <exception cref="ShapeException">There are fewer than three dimensions.</exception>
    /// <example><code>var parts = Tensor.Ones([2, 2, 4]).DSplit([1]);                   // [2, 2, 1] and [2, 2, 3]</code></example>
    public static Tensor[] DSplit(this Tensor x, ReadOnlySpan<int> indices) => x.TensorSplit(indices, Having(x, 3, 2));

    static int AlongRows(Tensor x) => Having(x, 1, 0) == 0 && x.Rank == 1 ? 0 : 1;

    static int Having(Tensor x, int rank, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank >= rank ? dim : throw new ShapeException($"{x.Shape} has fewer than {rank} dimensions and is not divided so.");
    }

    static int SizeOf(Tensor x, int dim) => x.Rank == 0 ? throw new ShapeException("A number has no parts.") : x.Shape[x.Shape.Dim(dim)];

    static Tensor[] Equal(Tensor x, int sections, int dim) => sections > 0 && x.Shape[dim] % sections == 0 ? x.TensorSplit(sections, dim)
        : throw new ShapeException($"Dimension {dim} of {x.Shape} does not divide into {sections} equal parts; TensorSplit takes others.");
}
