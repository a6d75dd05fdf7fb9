namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The sum along some dimensions (all, if none is named) of what is a number.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
    /// <param name="dtype">The type in which is summed; its own, or int64 of whole numbers, if none is named.</param>
    /// <example><code>Tensor x = [1, double.NaN, 2]; var y = x.NanSum();                // 3</code></example>
    public static Tensor NanSum(this Tensor x, ReadOnlySpan<int> dims = default, bool keepDim = false, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var between = Between.Of(x);
        return between.Keep((x.DType.HasGradients() ? x.IsNaN().Where(0, x) : x).Sum(dims, keepDim, dtype));
    }

    /// <summary>The mean along some dimensions (all, if none is named) of what is a number; not a number where nothing is.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>Tensor x = [1, double.NaN, 2]; var y = x.NanMean();               // 1.5</code></example>
    public static Tensor NanMean(this Tensor x, ReadOnlySpan<int> dims = default, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.HasGradients()) throw new ArgumentException($"The mean of {x.DType} is not defined; convert with To(DType.{Tensor.DefaultDType}).");
        using var between = Between.Of(x);
        var wide = x.To(x.DType.Wide());
        return between.Keep((wide.NanSum(dims, keepDim) / wide.Eq(wide).Sum(dims, keepDim)).To(x.DType));
    }

    /// <summary>How many elements along some dimensions are true, or not 0, as int64.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions; all, if none is named.</param>
    /// <example><code>Tensor x = [[0, 1], [2, 3]]; var y = x.CountNonZero(1);           // [1, 2]</code></example>
    public static Tensor CountNonZero(this Tensor x, params ReadOnlySpan<int> dims) => x.Ne(Tensor.Number(0, DType.Bool)).Sum(dims);

    /// <summary>The smallest and the largest values along a dimension, or of all elements if none is named.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension; all elements, if none is named.</param>
    /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
    /// <exception cref="ShapeException">There are no elements.</exception>
    /// <example><code>Tensor x = [3, 1, 2]; var (least, most) = x.AMinMax();            // 1 and 3</code></example>
    public static (Tensor Min, Tensor Max) AMinMax(this Tensor x, int? dim = null, bool keepDim = false)
    {
        ReadOnlySpan<int> dims = dim is { } named ? [named] : [];
        return (x.Amin(dims, keepDim), x.Amax(dims, keepDim));
    }

    /// <summary>The distance of two tensors that broadcast: (Σ |a − b|ᵖ)^(1/p) over all elements.</summary>
    /// <param name="a">The first tensor.</param>
    /// <param name="b">The second tensor.</param>
    /// <param name="p">Which distance: 2 is that of the ruler, 1 that along streets, ∞ the largest difference.</param>
    /// <example><code>Tensor a = [1.0, 2]; var y = a.Dist([4.0, 6]);                    // 5</code></example>
    public static Tensor Dist(this Tensor a, Tensor b, double p = 2)
    {
        using var between = Between.Of(a, b);
        return between.Keep((a - b).Norm(p));
    }

    /// <summary>The parts of a dimension, those whose norm is larger than <paramref name="maxNorm"/> scaled down to it.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="p">Which norm.</param>
    /// <param name="dim">The dimension whose parts have norms.</param>
    /// <param name="maxNorm">The largest norm that stays.</param>
    /// <exception cref="ArgumentException">The elements have no fractions.</exception>
    /// <example><code>Tensor x = [[3.0, 4], [0.3, 0.4]]; var y = x.Renorm(2, 0, 1);     // [[0.6, 0.8], [0.3, 0.4]]</code></example>
    public static Tensor Renorm(this Tensor x, double p, int dim, double maxNorm)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        ArgumentOutOfRangeException.ThrowIfNegative(maxNorm);
        int d = x.Shape.Dim(dim);
        if (x.Rank < 2) throw new ShapeException($"The parts of {x.Shape} are no vectors or more, and have no norms.");
        var wide = x.To(x.DType.Wide());
        var norm = wide.Norm(p, [.. Enumerable.Range(0, x.Rank).Where(k => k != d)], keepDim: true);
        return (wide * (norm > maxNorm).Where(maxNorm / (norm + 1e-7), 1)).To(x.DType);
    }
}
