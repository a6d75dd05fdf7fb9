namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The last two dimensions' part on and below a diagonal, zeros elsewhere.</summary>
    /// <param name="x">Matrices […, rows, columns].</param>
    /// <param name="diagonal">Up to which diagonal the numbers stay: 0 is the main one, 1 that above, −1 that below.</param>
    /// <exception cref="ShapeException">There are fewer than two dimensions.</exception>
    /// <example><code>
    /// var x = Tensor.Ones([3, 3]);
    /// Console.WriteLine(x.Tril());
    /// // →  1  0  0
    /// // →  1  1  0
    /// // →  1  1  1
    /// // → [ float32 [3, 3] ]
    /// </code></example>
    public static Tensor Tril(this Tensor x, int diagonal = 0) =>
        LiesInColumns(x) ? x.Transpose(-2, -1).Triu(-diagonal).Transpose(-2, -1) : x.MaskedFill(Columns(x) > Diagonal(x, diagonal), 0);

    /// <summary>The last two dimensions' part on and above a diagonal, zeros elsewhere.</summary>
    /// <param name="x">Matrices […, rows, columns].</param>
    /// <param name="diagonal">From which diagonal on the numbers stay: 0 is the main one, 1 that above, −1 that below.</param>
    /// <exception cref="ShapeException">There are fewer than two dimensions.</exception>
    /// <example><code>
    /// var x = Tensor.Ones([3, 3]);
    /// Console.WriteLine(x.Triu(1));
    /// // →  0  1  1
    /// // →  0  0  1
    /// // →  0  0  0
    /// // → [ float32 [3, 3] ]
    /// </code></example>
    public static Tensor Triu(this Tensor x, int diagonal = 0) =>
        LiesInColumns(x) ? x.Transpose(-2, -1).Tril(-diagonal).Transpose(-2, -1) : x.MaskedFill(Columns(x) < Diagonal(x, diagonal), 0);

    /// <summary>Whether the numbers of a column are neighbours in memory, and those of a row are not: then the mask had better lie so, too.</summary>
    static bool LiesInColumns(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank >= 2 && x.Layout.Strides[^2] == 1 && x.Layout.Strides[^1] > 1;
    }

    static Tensor Columns(Tensor x)
    {
        if (x.Rank < 2) throw new ShapeException($"A triangle is part of a matrix, and {x.Shape} has fewer than two dimensions.");
        return Tensor.Arange(x.Shape[^1], x.Device);
    }

    /// <summary>In which column a diagonal meets each row.</summary>
    static Tensor Diagonal(Tensor x, int diagonal) => Tensor.Arange((long)diagonal, (long)diagonal + x.Shape[^2], device: x.Device).Unsqueeze(1);
}
