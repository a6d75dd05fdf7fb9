namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The last two dimensions' part on and below a diagonal, zeros elsewhere.</summary>
    public static Tensor Tril(this Tensor x, int diagonal = 0) => x.MaskedFill(Above(x) > diagonal, 0);

    /// <summary>The last two dimensions' part on and above a diagonal, zeros elsewhere.</summary>
    public static Tensor Triu(this Tensor x, int diagonal = 0) => x.MaskedFill(Above(x) < diagonal, 0);

    /// <summary>How far above the main diagonal each element stands.</summary>
    static Tensor Above(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2) throw new ShapeException($"A triangle is part of a matrix, and {x.Shape} has fewer than two dimensions.");
        return Tensor.Arange(x.Shape[^1], x.Device) - Tensor.Arange(x.Shape[^2], x.Device).Unsqueeze(1);
    }
}
