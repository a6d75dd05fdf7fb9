namespace Candeia;

public static partial class TensorOps
{
    /// <summary>A copy with the columns from right to left: the order of the second dimension reversed.</summary>
    /// <param name="x">A tensor of at least two dimensions, whose shape the result keeps.</param>
    /// <exception cref="ShapeException">There are fewer than two dimensions.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.FlipLR();                  // [[2, 1], [4, 3]]</code></example>
    public static Tensor FlipLR(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank >= 2 ? x.Flip(1) : throw new ShapeException($"{x.Shape} has no columns to be turned.");
    }

    /// <summary>A copy with the rows from bottom to top: the order of the first dimension reversed.</summary>
    /// <param name="x">A tensor of at least one dimension, whose shape the result keeps.</param>
    /// <exception cref="ShapeException">It is a number.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.FlipUD();                  // [[3, 4], [1, 2]]</code></example>
    public static Tensor FlipUD(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank >= 1 ? x.Flip(0) : throw new ShapeException("A number has no rows to be turned.");
    }

    /// <summary>Turns by 90° in the plane of two dimensions, from the first towards the second.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="k">How many times; below 0, the other way round.</param>
    /// <param name="dim1">The dimension from which it is turned.</param>
    /// <param name="dim2">The dimension towards which it is turned.</param>
    /// <exception cref="ArgumentException">The dimensions are the same.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.Rot90();                   // [[2, 4], [1, 3]]</code></example>
    public static Tensor Rot90(this Tensor x, int k = 1, int dim1 = 0, int dim2 = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        int a = x.Shape.Dim(dim1), b = x.Shape.Dim(dim2);
        if (a == b || x.Rank < 2) throw new ArgumentException($"A plane needs two different dimensions of {x.Shape}, not {dim1} and {dim2}.");
        return (k & 3) switch
        {
            1 => x.Transpose(a, b).Flip(a),
            2 => x.Flip(a, b),
            3 => x.Transpose(a, b).Flip(b),
            _ => x.Clone(),
        };
    }
}
