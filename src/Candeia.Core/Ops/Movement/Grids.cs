namespace Candeia;

/// <summary>Which dimension of a grid the first vector of <see cref="Tensor.MeshGrid"/> runs along.</summary>
public enum MeshIndexing
{
    /// <summary>The first: rows, then columns, as in matrices.</summary>
    IJ,
    /// <summary>The second: x to the right, then y downwards, as in pictures.</summary>
    XY,
}

public sealed partial class Tensor
{
    /// <summary>The coordinates of all points of a grid, a tensor for each vector of coordinates, as views: [n₀, n₁, …], or [n₁, n₀, …] if x comes first.</summary>
    /// <param name="vectors">The coordinates along each dimension: vectors or numbers of one type.</param>
    /// <param name="indexing">Which dimension the first vector runs along.</param>
    /// <exception cref="ShapeException">One is no vector.</exception>
    /// <example><code>var grid = Tensor.MeshGrid([[1, 2], [3, 4, 5]]);                  // [[1, 1, 1], [2, 2, 2]] and [[3, 4, 5], [3, 4, 5]]</code></example>
    public static Tensor[] MeshGrid(ReadOnlySpan<Tensor> vectors, MeshIndexing indexing = MeshIndexing.IJ)
    {
        var axes = Each(vectors, Axis);
        foreach (var axis in axes) TensorOps.Alike(axes[0], axis, nameof(MeshGrid));
        bool swaps = indexing == MeshIndexing.XY && axes.Length > 1;
        if (swaps) (axes[0], axes[1]) = (axes[1], axes[0]);
        var shape = Shape.Create([.. axes.Select(a => (int)a.Numel)]);
        var grids = new Tensor[axes.Length];
        for (int d = 0; d < axes.Length; d++)
        {
            int[] sizes = new int[axes.Length];
            Array.Fill(sizes, 1);
            sizes[d] = shape[d];
            grids[d] = axes[d].Reshape(sizes).Expand(shape);
        }
        if (swaps) (grids[0], grids[1]) = (grids[1], grids[0]);
        return grids;
    }

    /// <summary>
    /// All ways to take one element of each vector: [n₀·n₁·…, number of vectors], the last vector's elements changing first. Of one vector, itself.
    /// </summary>
    /// <param name="vectors">The vectors, at least one.</param>
    /// <exception cref="ShapeException">One is no vector.</exception>
    /// <example><code>var pairs = Tensor.CartesianProd([[1, 2], [3, 4]]);               // [[1, 3], [1, 4], [2, 3], [2, 4]]</code></example>
    public static Tensor CartesianProd(ReadOnlySpan<Tensor> vectors) => vectors.Length == 1 ? Axis(vectors[0]) : Stack(MeshGrid(vectors), -1).Reshape(-1, vectors.Length);

    static Tensor Axis(Tensor vector) => vector.Rank <= 1 ? vector.AtLeast1d() : throw new ShapeException($"The coordinates of a dimension are a vector, not {vector.Shape}.");

    /// <summary>The rows and columns on and below a diagonal of a matrix of this size: [2, count] int64, row by row.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="offset">How far above the main diagonal; below 0, how far under it.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="ShapeException">There are more places than a size can be.</exception>
    /// <example><code>var at = Tensor.TrilIndices(2, 2);                                // [[0, 1, 1], [0, 0, 1]]</code></example>
    public static Tensor TrilIndices(int rows, int columns, int offset = 0, Device? device = null) =>
        Triangle(rows, columns, row => 0, row => Math.Min(columns, (long)row + offset + 1), device);

    /// <summary>The rows and columns on and above a diagonal of a matrix of this size: [2, count] int64, row by row.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="offset">How far above the main diagonal; below 0, how far under it.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="ShapeException">There are more places than a size can be.</exception>
    /// <example><code>var at = Tensor.TriuIndices(2, 2);                                // [[0, 0, 1], [0, 1, 1]]</code></example>
    public static Tensor TriuIndices(int rows, int columns, int offset = 0, Device? device = null) =>
        Triangle(rows, columns, row => Math.Max(0, (long)row + offset), row => columns, device);

    static Tensor Triangle(int rows, int columns, Func<int, long> from, Func<int, long> to, Device? device)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        long count = 0;
        for (int row = 0; row < rows; row++)
        {
            count += Math.Max(0, to(row) - from(row));
            if (2 * count > Array.MaxLength) throw new ShapeException($"A triangle of a matrix [{rows}, {columns}] has more places than a tensor of them can hold; ask for a part of it.");
        }
        long[] indices = new long[2 * count];
        for (int row = 0, at = 0; row < rows; row++)
            for (long column = from(row); column < to(row); column++, at++) (indices[at], indices[at + count]) = (row, column);
        return From(indices, [2, (int)count], device);
    }
}

public static partial class TensorOps
{
    /// <summary>All ways to choose <paramref name="r"/> elements of a vector, in its order: [count, r].</summary>
    /// <param name="x">A vector.</param>
    /// <param name="r">How many are chosen.</param>
    /// <param name="withReplacement">Whether an element may be chosen several times.</param>
    /// <exception cref="ShapeException">It is no vector, or there are more ways than a tensor can hold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than no elements are to be chosen.</exception>
    /// <example><code>Tensor x = [1, 2, 3]; var y = x.Combinations();                   // [[1, 2], [1, 3], [2, 3]]</code></example>
    public static Tensor Combinations(this Tensor x, int r = 2, bool withReplacement = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(r);
        if (x.Rank != 1) throw new ShapeException($"Elements are chosen from a vector, not from {x.Shape}.");
        if (r == 0) return Tensor.Empty([0], x.DType, x.Device);
        int n = x.Shape[0], least = withReplacement ? 0 : 1;
        if (least * (r - 1L) >= n) return x.IndexSelect(0, Tensor.Empty([0], DType.Int64, x.Device)).Reshape(0, r);
        double count = 1, of = withReplacement ? n + (double)r - 1 : n;
        for (int i = 0; i < Math.Min(r, of - r) && count * r <= Array.MaxLength; i++) count *= (of - i) / (i + 1);
        if (count * r > Array.MaxLength) throw new ShapeException($"There are more ways to choose {r} elements of {x.Shape} than a tensor of them can hold; choose fewer.");
        List<long> chosen = [];
        int[] at = new int[r];
        for (int i = 1; i < r; i++) at[i] = at[i - 1] + least;
        for (int k = r - 1; k >= 0 && n > 0 && at[^1] < n;)
        {
            foreach (int i in at) chosen.Add(i);
            for (k = r - 1; k >= 0 && at[k] >= n - 1 - least * (r - 1 - k); k--) { }       // the last one that can go on
            if (k < 0) break;
            at[k]++;
            for (int i = k + 1; i < r; i++) at[i] = at[i - 1] + least;
        }
        return x.IndexSelect(0, Tensor.From([.. chosen], device: x.Device)).Reshape(chosen.Count / r, r);
    }
}
