namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The differences of neighbours along a dimension, <paramref name="n"/> times over; of truth values, whether they differ.</summary>
    /// <param name="x">The values.</param>
    /// <param name="n">How many times.</param>
    /// <param name="dim">The dimension.</param>
    /// <param name="prepend">What stands before, if anything.</param>
    /// <param name="append">What stands behind, if anything.</param>
    /// <exception cref="ShapeException">It is a number.</exception>
    /// <example><code>Tensor x = [1, 4, 9]; var y = x.Diff();                           // [3, 5]</code></example>
    public static Tensor Diff(this Tensor x, int n = 1, int dim = -1, Tensor? prepend = null, Tensor? append = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (x.Rank == 0) throw new ShapeException("A number has no neighbours.");
        int d = x.Shape.Dim(dim);
        if (prepend is not null || append is not null) x = Tensor.Cat([.. prepend is null ? [] : new[] { prepend }, x, .. append is null ? [] : new[] { append }], d);
        for (; n > 0 && x.Shape[d] > 0; n--)
        {
            Tensor later = x.Narrow(d, 1, x.Shape[d] - 1), earlier = x.Narrow(d, 0, x.Shape[d] - 1);
            x = x.DType == DType.Bool ? later ^ earlier : later - earlier;
        }
        return x;
    }

    /// <summary>The area under a curve along a dimension, by trapezoids, of points that stand <paramref name="dx"/> apart.</summary>
    /// <param name="y">The heights of the curve.</param>
    /// <param name="dx">How far apart neighbouring points stand.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <exception cref="ShapeException">It is a number.</exception>
    /// <example><code>Tensor y = [1.0, 5, 10]; var area = y.Trapezoid();                // 10.5</code></example>
    public static Tensor Trapezoid(this Tensor y, double dx = 1, int dim = -1) => (Means(y, dim) * dx).Sum([dim], keepDim: false);

    /// <summary>The area under a curve along a dimension, by trapezoids, of points that stand at <paramref name="x"/>.</summary>
    /// <param name="y">The curve.</param>
    /// <param name="x">Where the points stand: a vector, or a tensor that broadcasts with y.</param>
    /// <param name="dim">The dimension.</param>
    /// <exception cref="ShapeException">It is a number, or there is not a place for each point.</exception>
    /// <example><code>Tensor y = [1.0, 5, 10]; var area = y.Trapezoid([1.0, 3, 6]);     // 28.5</code></example>
    public static Tensor Trapezoid(this Tensor y, Tensor x, int dim = -1) => (Means(y, dim) * Steps(x, y, dim)).Sum([dim], keepDim: false);

    /// <summary>The areas under a curve from its beginning along a dimension, by trapezoids, of points that stand <paramref name="dx"/> apart: one less than points.</summary>
    /// <param name="y">The heights of the curve.</param>
    /// <param name="dx">How far apart neighbouring points stand.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <exception cref="ShapeException">It is a number.</exception>
    /// <example><code>Tensor y = [1.0, 5, 10]; var areas = y.CumulativeTrapezoid();     // [3, 10.5]</code></example>
    public static Tensor CumulativeTrapezoid(this Tensor y, double dx = 1, int dim = -1) => (Means(y, dim) * dx).Cumsum(dim);

    /// <summary>The areas under a curve from its beginning along a dimension, by trapezoids, of points that stand at <paramref name="x"/>: one less than points.</summary>
    /// <param name="y">The heights of the curve.</param>
    /// <param name="x">Where the points stand: a vector, or a tensor that broadcasts with y.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <exception cref="ShapeException">It is a number, or there is not a place for each point.</exception>
    /// <example><code>Tensor y = [1.0, 5, 10]; var areas = y.CumulativeTrapezoid([1.0, 3, 6]);  // [6, 28.5]</code></example>
    public static Tensor CumulativeTrapezoid(this Tensor y, Tensor x, int dim = -1) => (Means(y, dim) * Steps(x, y, dim)).Cumsum(dim);

    /// <summary>The means of neighbours.</summary>
    static Tensor Means(Tensor y, int dim)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (y.Rank == 0) throw new ShapeException("A number is no curve.");
        int size = y.Shape[y.Shape.Dim(dim)];
        if (size < 2) return y.Narrow(dim, 0, 0);
        return (y.Narrow(dim, 1, size - 1) + y.Narrow(dim, 0, size - 1)) / 2;
    }

    static Tensor Steps(Tensor x, Tensor y, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 1) return x.Diff(dim: dim);
        int d = y.Shape.Dim(dim);
        if (x.Shape[0] != y.Shape[d]) throw new ShapeException($"The {y.Shape[d]} points of dimension {d} of {y.Shape} do not stand at {x.Shape[0]} places.");
        int[] sizes = new int[y.Rank];
        Array.Fill(sizes, 1);
        sizes[d] = Math.Max(0, x.Shape[0] - 1);
        return x.Diff().Reshape(sizes);
    }
}
