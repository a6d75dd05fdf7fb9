namespace Candeia;

public static partial class TensorOps
{
    /// <summary>min(max(x, 0), 6), element by element.</summary>
    public static Tensor Relu6(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Hardtanh(0, 6);
    }
}
