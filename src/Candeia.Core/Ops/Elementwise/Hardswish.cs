namespace Candeia;

public static partial class TensorOps
{
    /// <summary>x·hardsigmoid(x), element by element.</summary>
    public static Tensor Hardswish(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x * x.Hardsigmoid();
    }
}
