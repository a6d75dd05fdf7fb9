namespace Candeia;

public static partial class TensorOps
{
    /// <summary>A mask: where the value is not a number.</summary>
    public static Tensor IsNaN(this Tensor x) => x.Ne(x);

    /// <summary>A mask: where the value is neither infinite nor not a number.</summary>
    public static Tensor IsFinite(this Tensor x) 
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.HasGradients() ? x.Abs() < double.PositiveInfinity : Tensor.Ones(x.Shape, DType.Bool, x.Device);
    }
}
