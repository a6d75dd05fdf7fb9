namespace Candeia;

/// <summary>A diagonal of two dimensions, which stands last, in place of both.</summary>
/// <param name="Offset">How far above the main diagonal; below 0, how far under it.</param>
/// <param name="Dim1">The dimension of rows.</param>
/// <param name="Dim2">The dimension of columns.</param>
public sealed record DiagonalOp(int Offset, int Dim1, int Dim2) : PartOp
{
    internal override Layout Of(Layout x)
    {
        int rank = x.Shape.Rank;
        if (Dim1 < 0 || Dim1 >= rank || Dim2 < 0 || Dim2 >= rank || Dim1 == Dim2)
            throw new ArgumentException($"A diagonal needs two different dimensions of {x.Shape}, not {Dim1} and {Dim2}.");
        List<int> sizes = [];
        List<long> strides = [];
        for (int d = 0; d < rank; d++)
        {
            if (d == Dim1 || d == Dim2) continue;
            sizes.Add(x.Shape[d]);
            strides.Add(x.Strides[d]);
        }
        long row = Math.Max(0, -(long)Offset), column = Math.Max(0, (long)Offset);
        long length = Math.Max(0, Math.Min(x.Shape[Dim1] - row, x.Shape[Dim2] - column));
        sizes.Add((int)length);
        strides.Add(x.Strides[Dim1] + x.Strides[Dim2]);
        return new(new([.. sizes]), [.. strides], length == 0 ? x.Offset : x.Offset + row * x.Strides[Dim1] + column * x.Strides[Dim2]);
    }
}

public static partial class TensorOps
{
    /// <summary>A diagonal of two dimensions, as a view: it stands last, in place of both.</summary>
    /// <param name="x">At least a matrix.</param>
    /// <param name="offset">How far above the main diagonal; below 0, how far under it.</param>
    /// <param name="dim1">The dimension of rows.</param>
    /// <param name="dim2">The dimension of columns.</param>
    /// <exception cref="ArgumentException">The dimensions are the same.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.Diagonal();                // [1, 4]</code></example>
    public static Tensor Diagonal(this Tensor x, int offset = 0, int dim1 = 0, int dim2 = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new DiagonalOp(offset, x.Shape.Dim(dim1), x.Shape.Dim(dim2)).Apply(x);
    }

    /// <summary>Of a vector, the matrix that has it on a diagonal and zeros elsewhere; of a matrix, that diagonal.</summary>
    /// <param name="x">A vector or a matrix.</param>
    /// <param name="diagonal">How far above the main diagonal; below 0, how far under it.</param>
    /// <exception cref="ShapeException">It is neither a vector nor a matrix.</exception>
    /// <example><code>Tensor x = [1, 2]; var y = x.Diag();                              // [[1, 0], [0, 2]]</code></example>
    public static Tensor Diag(this Tensor x, int diagonal = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank switch
        {
            1 => x.DiagEmbed(diagonal),
            2 => x.Diagonal(diagonal),
            _ => throw new ShapeException($"Diag takes a vector or a matrix, not {x.Shape}; see Diagonal and DiagEmbed."),
        };
    }

    /// <summary>The matrix that has all elements, in row-major order, on a diagonal and zeros elsewhere.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="offset">Which diagonal: 0 is the main one, 1 that above, −1 that below.</param>
    /// <example><code>Tensor x = [[1], [2]]; var y = x.DiagFlat();                      // [[1, 0], [0, 2]]</code></example>
    public static Tensor DiagFlat(this Tensor x, int offset = 0) => x.Flatten().DiagEmbed(offset);

    /// <summary>Matrices that have the vectors of the last dimension on a diagonal, and zeros elsewhere.</summary>
    /// <param name="x">Vectors: […, n].</param>
    /// <param name="offset">How far above the main diagonal; below 0, how far under it.</param>
    /// <param name="dim1">Where the dimension of rows stands in the result.</param>
    /// <param name="dim2">Where the dimension of columns stands in the result.</param>
    /// <exception cref="ArgumentException">The dimensions are the same.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.DiagEmbed();               // two matrices: [2, 2, 2]</code></example>
    public static Tensor DiagEmbed(this Tensor x, int offset = 0, int dim1 = -2, int dim2 = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0) throw new ShapeException("A number makes no diagonal; Unsqueeze(0) makes a vector of it.");
        int size = checked(x.Shape[^1] + Math.Abs(offset)), rank = x.Rank + 1;
        int first = Place(dim1, rank), second = Place(dim2, rank);
        if (first == second) throw new ArgumentException($"A matrix has two different dimensions, not {dim1} twice.");
        List<int> sizes = [.. x.Shape.Sizes[..^1]];
        sizes.Insert(Math.Min(first, second), size);
        sizes.Insert(Math.Max(first, second), size);
        return new UnsliceOp(new DiagonalOp(offset, first, second), new Shape([.. sizes])).Apply(x);
    }

    /// <summary>The sum of the main diagonal of a matrix.</summary>
    /// <param name="x">A matrix [rows, columns].</param>
    /// <exception cref="ShapeException">It is no matrix.</exception>
    /// <example><code>Tensor x = [[1, 2], [3, 4]]; var y = x.Trace();                   // 5</code></example>
    public static Tensor Trace(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank == 2 ? x.Diagonal().Sum() : throw new ShapeException($"The trace is that of a matrix, not of {x.Shape}.");
    }

    /// <summary>A dimension of a result, counted from the front.</summary>
    static int Place(int dim, int rank) => dim >= -rank && dim < rank ? dim < 0 ? dim + rank : dim
        : throw new ArgumentOutOfRangeException(nameof(dim), $"A result with {rank} dimensions has no dimension {dim}.");
}
