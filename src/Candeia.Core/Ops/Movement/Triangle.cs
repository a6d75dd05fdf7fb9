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
    public static Tensor Tril(this Tensor x, int diagonal = 0) => x.MaskedFill(Columns(x) > Diagonal(x, diagonal), 0);

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
    public static Tensor Triu(this Tensor x, int diagonal = 0) => x.MaskedFill(Columns(x) < Diagonal(x, diagonal), 0);

    static Tensor Columns(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2) throw new ShapeException($"A triangle is part of a matrix, and {x.Shape} has fewer than two dimensions.");
        return Tensor.Arange(x.Shape[^1], x.Device);
    }

    /// <summary>In which column a diagonal meets each row.</summary>
    static Tensor Diagonal(Tensor x, int diagonal) => Tensor.Arange((long)diagonal, (long)diagonal + x.Shape[^2], device: x.Device).Unsqueeze(1);
}
