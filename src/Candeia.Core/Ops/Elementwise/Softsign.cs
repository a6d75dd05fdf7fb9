namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x / (1 + |x|), element by element.</summary>
    public static Tensor Softsign(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x / (x.Abs() + 1);
    }
}
