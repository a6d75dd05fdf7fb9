namespace Candeia;

public static partial class TensorOps
{
    /// <summary>⌊a / b⌋, element by element, in the type in which both meet.</summary>
    public static Tensor FloorDivide(this Tensor a, Tensor b)
    {
        var dtype = DTypes.Result(a, b);
        return dtype.IsFloatingPoint() ? ((a - a.Remainder(b)) / b).Round() : ((a - a.Remainder(b)).To(DType.Float64) / b).To(dtype);
    }
}
