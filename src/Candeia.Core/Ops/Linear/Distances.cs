namespace Candeia;

public static partial class TensorOps
{
    const int ByProducts = 25;                                               // rows from which distances come of a matrix product

    /// <summary>
    /// The distances of all rows of a from all rows of b, (Σ |aᵢ − bⱼ|ᵖ)^(1/p): […, m, d] and […, n, d] give […, m, n]. With p = 2, of many rows they come of a
    /// matrix product, which is quick and rounds what lies close together, as in PyTorch.
    /// </summary>
    /// <param name="a">Rows: […, m, d].</param>
    /// <param name="b">Rows: […, n, d].</param>
    /// <param name="p">Which distance: 2 is that of the ruler, 1 that along streets, ∞ the largest difference.</param>
    /// <exception cref="ShapeException">The rows have different lengths.</exception>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>Tensor a = [[0.0, 0]], b = [[3.0, 4], [0, 1]]; var y = a.CDist(b);  // [[5, 1]]</code></example>
    public static Tensor CDist(this Tensor a, Tensor b, double p = 2)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Rank < 2 || b.Rank < 2 || a.Shape[^1] != b.Shape[^1]) throw new ShapeException($"Distances are those of rows of one length, not of {a.Shape} and {b.Shape}.");
        if (p < 0) throw new ArgumentOutOfRangeException(nameof(p), p, "The power of a distance is 0 or more.");
        if (!a.DType.HasGradients() || !b.DType.HasGradients()) throw new ArgumentException($"Distances of {a.DType} and {b.DType} are not defined; convert with To(DType.{Tensor.DefaultDType}).");
        using var between = Between.Of(a, b);
        if (p != 2 || a.Shape[^2] <= ByProducts && b.Shape[^2] <= ByProducts) return between.Keep((a.Unsqueeze(-2) - b.Unsqueeze(-3)).Norm(p, [-1]));
        Tensor wideA = a.To(a.DType.Wide()), wideB = b.To(b.DType.Wide());
        var squares = wideA.Square().Sum([-1], keepDim: true) + wideB.Square().Sum([-1], keepDim: true).Transpose(-1, -2) - wideA.MatMul(wideB.Transpose(-1, -2)) * 2;
        return between.Keep(AwayFromZero(squares.Clamp(min: 0), s => s.Sqrt()).To(a.DType));
    }

    /// <summary>The distances of all pairs of rows, (Σ |xᵢ − xⱼ|ᵖ)^(1/p) for i &lt; j, row by row: of n rows, n·(n − 1) / 2.</summary>
    /// <param name="x">A matrix, whose rows are points.</param>
    /// <param name="p">Which distance: 2 is that of the ruler, 1 that along streets, ∞ the largest difference.</param>
    /// <exception cref="ShapeException">It is no matrix.</exception>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>Tensor x = [[0.0, 0], [3, 4], [0, 1]]; var y = x.PDist();         // [5, 1, 4.2426]</code></example>
    public static Tensor PDist(this Tensor x, double p = 2)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        if (x.Rank != 2) throw new ShapeException($"Pairs are those of the rows of a matrix, not of {x.Shape}.");
        using var between = Between.Of(x);
        var pairs = Tensor.TriuIndices(x.Shape[0], x.Shape[0], 1, x.Device);
        return between.Keep((x.IndexSelect(0, pairs[0]) - x.IndexSelect(0, pairs[1])).Norm(p, [-1]));
    }

    /// <summary>The covariances of variables, a row for each, over their observations, a column for each: [n, n]; of a vector its variance.</summary>
    /// <param name="x">Variables: [n, observations], or one.</param>
    /// <param name="correction">What is subtracted from the number of observations in the denominator.</param>
    /// <param name="fweights">How often each observation was made: whole numbers.</param>
    /// <param name="aweights">How much each observation counts: 0 or more.</param>
    /// <exception cref="ShapeException">There are more than two dimensions, or not a weight for each observation.</exception>
    /// <example><code>Tensor x = [[1.0, 2, 3], [3, 2, 1]]; var y = x.Cov();              // [[1, -1], [-1, 1]]</code></example>
    public static Tensor Cov(this Tensor x, int correction = 1, Tensor? fweights = null, Tensor? aweights = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank > 2) throw new ShapeException($"Variables are the rows of a matrix, not of {x.Shape}.");
        foreach (var given in new[] { fweights, aweights })
            if (given is not null && (given.Rank != 1 || given.Shape[0] != x.AtLeast2d().Shape[1])) throw new ShapeException($"There is not a weight for each observation of {x.Shape} in {given.Shape}.");
        if (fweights is not null && !fweights.DType.IsInteger()) throw new ArgumentException($"How often an observation was made is a whole number, not {fweights.DType}.");
        using var between = Between.Of(x, fweights, aweights);
        var type = x.DType;
        var rows = x.AtLeast2d().To(type.Fractional().Wide());
        var weights = (fweights, aweights) switch { ({ } f, { } a) => f.To(rows.DType) * a.To(rows.DType), ({ } f, null) => f.To(rows.DType), (null, { } a) => a.To(rows.DType), _ => null };
        Tensor total = weights?.Sum() ?? Tensor.Scalar(rows.Shape[1], rows.DType, rows.Device);
        var mean = (weights is null ? rows : rows * weights).Sum([1], keepDim: true) / total;
        var norm = correction != 0 && aweights is not null ? total - (weights! * aweights.To(rows.DType)).Sum() / total * correction : total - correction;
        var centred = rows - mean;
        var y = centred.MatMul((weights is null ? centred : centred * weights).T().Conj()) / norm.Clamp(min: 0);
        return between.Keep((x.Rank < 2 ? y.Reshape([]) : y).To(type.Fractional()));
    }

    /// <summary>The correlations of variables, a row for each, over their observations, a column for each: [n, n]; of a vector 1.</summary>
    /// <param name="x">Variables: [n, observations], or one.</param>
    /// <exception cref="ShapeException">There are more than two dimensions.</exception>
    /// <example><code>Tensor x = [[1.0, 2, 3], [6, 4, 2]]; var y = x.CorrCoef();         // [[1, -1], [-1, 1]]</code></example>
    public static Tensor CorrCoef(this Tensor x)
    {
        var cov = x.Cov();
        if (cov.Rank == 0) return cov / cov;
        using var between = Between.Of(cov);
        var deviation = cov.Diagonal().Sqrt();
        return between.Keep((cov / deviation.Unsqueeze(1) / deviation).Clamp(-1, 1));
    }

    /// <summary>The slopes of a function that is known at points of a grid, along each dimension: by central differences, and by those of the border there.</summary>
    /// <param name="x">The values.</param>
    /// <param name="spacing">The distance of points, for all dimensions or each; 1, if none is named.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <param name="edgeOrder">Whether slopes at the border come of two points or three: 1 or 2.</param>
    /// <exception cref="ShapeException">A dimension has not at least <paramref name="edgeOrder"/> + 1 points.</exception>
    /// <example><code>Tensor x = [1.0, 4, 9, 16]; var y = x.Gradient()[0];              // [3, 4, 6, 7]</code></example>
    public static Tensor[] Gradient(this Tensor x, ReadOnlySpan<double> spacing = default, ReadOnlySpan<int> dims = default, int edgeOrder = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] along = dims.Length == 0 ? [.. Enumerable.Range(0, x.Rank)] : Dimensions(x, dims);
        if (spacing.Length > 1 && spacing.Length != along.Length) throw new ArgumentException($"There is not a distance for each of {along.Length} dimensions, but {spacing.Length}.", nameof(spacing));
        var slopes = new Tensor[along.Length];
        for (int i = 0; i < along.Length; i++)
        {
            var places = Tensor.Arange(0L, x.Shape[along[i]], dtype: DType.Float64, device: x.Device) * (spacing.Length == 0 ? 1 : spacing[spacing.Length == 1 ? 0 : i]);
            slopes[i] = Slope(x, places, along[i], edgeOrder);
        }
        return slopes;
    }

    /// <summary>The slopes of a function that is known at points with these coordinates along each dimension.</summary>
    /// <param name="x">The values.</param>
    /// <param name="coordinates">Where the points stand: a vector for each dimension.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <param name="edgeOrder">Whether slopes at the border come of two points or three: 1 or 2.</param>
    /// <exception cref="ShapeException">A dimension has not at least <paramref name="edgeOrder"/> + 1 points, or not a coordinate for each.</exception>
    /// <example><code>Tensor x = [1.0, 4, 16], at = [1.0, 2, 4]; var y = x.Gradient([at])[0];  // [3, 4, 6]</code></example>
    public static Tensor[] Gradient(this Tensor x, ReadOnlySpan<Tensor> coordinates, ReadOnlySpan<int> dims = default, int edgeOrder = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] along = dims.Length == 0 ? [.. Enumerable.Range(0, x.Rank)] : Dimensions(x, dims);
        if (coordinates.Length != along.Length) throw new ArgumentException($"There are not coordinates for each of {along.Length} dimensions, but for {coordinates.Length}.", nameof(coordinates));
        var slopes = new Tensor[along.Length];
        for (int i = 0; i < along.Length; i++) slopes[i] = Slope(x, coordinates[i], along[i], edgeOrder);
        return slopes;
    }

    /// <summary>The slope of the parabola through three points, at the middle one, or at the border's.</summary>
    static Tensor Slope(Tensor x, Tensor places, int dim, int edgeOrder)
    {
        if (edgeOrder is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(edgeOrder), edgeOrder, "Slopes at the border are of order 1 or 2.");
        var dtype = x.DType.Fractional();
        var y = x.To(dtype).Movedim(dim, -1);
        int n = y.Shape[^1];
        if (n < edgeOrder + 1 || places.Rank != 1 || places.Shape[0] != n) throw new ShapeException($"Slopes of order {edgeOrder} need {edgeOrder + 1} points along dimension {dim} of {x.Shape}, and a coordinate for each, not {places.Shape}.");
        Tensor At(int from, int count) => y.Narrow(-1, from, count);
        var steps = places.Diff().To(dtype);
        Tensor first = (At(1, 1) - At(0, 1)) / steps[..1], last = (At(n - 1, 1) - At(n - 2, 1)) / steps[^1..];
        if (n == 2) return Tensor.Cat([first, last], -1).Movedim(-1, dim);
        Tensor before = steps[..^1], behind = steps[1..];
        Tensor left = (At(1, n - 2) - At(0, n - 2)) / before, right = (At(2, n - 2) - At(1, n - 2)) / behind;
        var middle = (left * behind + right * before) / (before + behind);
        if (edgeOrder == 2)
        {
            first = left.Narrow(-1, 0, 1) + (left.Narrow(-1, 0, 1) - right.Narrow(-1, 0, 1)) * (before[..1] / (before[..1] + behind[..1]));
            last = right.Narrow(-1, n - 3, 1) + (right.Narrow(-1, n - 3, 1) - left.Narrow(-1, n - 3, 1)) * (behind[^1..] / (before[^1..] + behind[^1..]));
        }
        return Tensor.Cat([first, middle, last], -1).Movedim(-1, dim);
    }
}
