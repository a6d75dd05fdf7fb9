namespace Candeia;

/// <summary>What the size of a matrix is.</summary>
public enum MatrixNorms
{
    /// <summary>The root of the sum of squares of all elements.</summary>
    Frobenius,
    /// <summary>The sum of the singular values.</summary>
    Nuclear,
}

public static partial class Linalg
{
    /// <summary>The norm of vectors, or of all elements: (Σ |x|ᵖ)^(1/p).</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="ord">p; ∞ is the largest absolute value, −∞ the smallest, 0 counts what is not zero.</param>
    /// <param name="dims">The dimensions along which it is taken; all, if none is named.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1.</param>
    /// <example><code>
    /// var length = Linalg.VectorNorm([3.0, 4]);                                  // 5
    /// </code></example>
    public static Tensor VectorNorm(Tensor x, double ord = 2, ReadOnlySpan<int> dims = default, bool keepDim = false) => x.Norm(ord, dims, keepDim);

    /// <summary>The Frobenius or nuclear norm of matrices.</summary>
    /// <param name="a">The matrices.</param>
    /// <param name="ord">Which norm.</param>
    /// <param name="rows">The dimension that counts rows.</param>
    /// <param name="columns">The dimension that counts columns.</param>
    /// <param name="keepDim">Whether both dimensions stay, with size 1.</param>
    /// <example><code>var norm = Linalg.MatrixNorm([[3.0, 0], [0, 4]]);                        // 5</code></example>
    public static Tensor MatrixNorm(Tensor a, MatrixNorms ord = MatrixNorms.Frobenius, int rows = -2, int columns = -1, bool keepDim = false)
    {
        Matrices.Any(a, nameof(MatrixNorm));
        var (r, c) = Two(a, rows, columns);
        if (ord == MatrixNorms.Frobenius) return a.Norm(2, [r, c], keepDim);
        return Kept(Last(a, r, c).SvdVals().Sum(-1), r, c, keepDim);
    }

    /// <summary>The norm of matrices that belongs to a norm of vectors: how much longer they make one.</summary>
    /// <param name="a">The matrices.</param>
    /// <param name="ord">1 is the largest sum of absolute values in a column, ∞ in a row, 2 the largest singular value; −1, −∞, −2 the smallest.</param>
    /// <param name="rows">The dimension that counts rows.</param>
    /// <param name="columns">The dimension that counts columns.</param>
    /// <param name="keepDim">Whether both dimensions stay, with size 1.</param>
    /// <exception cref="ArgumentException">There is no such norm.</exception>
    public static Tensor MatrixNorm(Tensor a, double ord, int rows = -2, int columns = -1, bool keepDim = false)
    {
        Matrices.Any(a, nameof(MatrixNorm));
        var (r, c) = Two(a, rows, columns);
        a = Last(a, r, c);
        Tensor sizes = Math.Abs(ord) switch
        {
            1 => a.Abs().Sum(-2),
            double.PositiveInfinity => a.Abs().Sum(-1),
            2 => a.SvdVals(),
            _ => throw new ArgumentException($"Matrices have norms of order 1, 2, ∞, −1, −2, −∞, Frobenius and nuclear, not {ord}."),
        };
        return Kept(ord > 0 ? sizes.Amax(-1) : sizes.Amin(-1), r, c, keepDim);
    }

    /// <summary>The norm of vectors if one dimension is named, or of matrices if two are: <see cref="VectorNorm"/> or <see cref="MatrixNorm(Tensor, double, int, int, bool)"/>.</summary>
    /// <param name="x">The vectors or matrices.</param>
    /// <param name="ord">Which norm; none is the root of the sum of squares of all elements.</param>
    /// <param name="dims">The dimensions along which it is taken; all, if none is named.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1.</param>
    /// <example><code>var norm = Linalg.Norm([[3.0, 0], [0, 4]], ord: 1);                      // 4</code></example>
    public static Tensor Norm(Tensor x, double? ord = null, ReadOnlySpan<int> dims = default, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (ord is not { } p) return VectorNorm(x, 2, dims, keepDim);
        if (dims.Length == 2) return MatrixNorm(x, p, dims[0], dims[1], keepDim);
        if (dims.Length == 1 || x.Rank <= 1) return VectorNorm(x, p, dims, keepDim);
        return dims.Length == 0 && x.Rank == 2 ? MatrixNorm(x, p, keepDim: keepDim)
            : throw new ArgumentException($"The norm of order {p} is one of vectors or matrices; name one or two dimensions of {x.Shape}, not {dims.Length}.");
    }

    /// <summary>The condition of matrices: how many times a relative error grows, at worst, when equations are solved with them. For orders other than 2, −2 they are square.</summary>
    /// <param name="a">Matrices [..., m, n].</param>
    /// <param name="ord">The norm in which it is measured, as in <see cref="MatrixNorm(Tensor, double, int, int, bool)"/>; by default 2.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var condition = Linalg.Cond([[3.0, 0], [0, 4]]);                         // 1.3333</code></example>
    public static Tensor Cond(this Tensor a, double ord = 2)
    {
        Matrices.Any(a, nameof(Cond));
        if (Math.Abs(ord) == 2)
        {
            var values = a.SvdVals();
            return ord > 0 ? values.Select(-1, 0) / values.Select(-1, values.Shape[^1] - 1) : values.Select(-1, values.Shape[^1] - 1) / values.Select(-1, 0);
        }
        Matrices.Square(a, nameof(Cond));
        var (inverse, info) = a.InvEx();
        var product = MatrixNorm(a, ord) * MatrixNorm(inverse, ord);
        return info.Ne(0).Where(double.PositiveInfinity, product).To(a.DType.Real());
    }

    static (int Rows, int Columns) Two(Tensor a, int rows, int columns)
    {
        (int r, int c) = (a.Shape.Dim(rows), a.Shape.Dim(columns));
        return r != c ? (r, c) : throw new ArgumentException($"Rows and columns of a matrix are two dimensions, not both {r}.");
    }

    static Tensor Last(Tensor a, int rows, int columns) => a.Movedim([rows, columns], [-2, -1]);

    static Tensor Kept(Tensor y, int rows, int columns, bool keepDim) => !keepDim ? y : y.Unsqueeze(Math.Min(rows, columns)).Unsqueeze(Math.Max(rows, columns));
}
