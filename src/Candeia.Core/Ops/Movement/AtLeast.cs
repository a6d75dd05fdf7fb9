namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The tensor; of a number, a vector of one.</summary>
    /// <param name="x">A tensor of any shape; what has as many dimensions already stays as it is.</param>
    /// <example><code>Tensor x = 5; var y = x.AtLeast1d();                              // [5]</code></example>
    public static Tensor AtLeast1d(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank == 0 ? x.Reshape(1) : x;
    }

    /// <summary>The tensor; of a number or a vector, a matrix of one row.</summary>
    /// <param name="x">A tensor of any shape; what has as many dimensions already stays as it is.</param>
    /// <example><code>Tensor x = [5, 6]; var y = x.AtLeast2d();                         // [[5, 6]]</code></example>
    public static Tensor AtLeast2d(this Tensor x) => x.AtLeast1d() is { Rank: 1 } vector ? vector.Unsqueeze(0) : x;

    /// <summary>The tensor; of less than three dimensions, a matrix [1, n, 1] of a vector, and [m, n, 1] of a matrix.</summary>
    /// <param name="x">A tensor of any shape; what has as many dimensions already stays as it is.</param>
    /// <example><code>Tensor x = [5, 6]; var y = x.AtLeast3d();                         // [[[5], [6]]]</code></example>
    public static Tensor AtLeast3d(this Tensor x) => x.AtLeast2d() is { Rank: 2 } matrix ? matrix.Unsqueeze(2) : x;
}
