namespace Candeia;

public static partial class TensorOps
{
    /// <summary>min(max(x + 3, 0), 6) / 6, element by element.</summary>
    public static Tensor Hardsigmoid(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (x + 3).Hardtanh(0, 6) / 6;
    }
}
