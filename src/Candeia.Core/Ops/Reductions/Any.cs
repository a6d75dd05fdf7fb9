namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Whether some element along the dimensions (all, if none is named) is true, or not 0.</summary>
    public static Tensor Any(this Tensor x, params ReadOnlySpan<int> dims) => x.Ne(Tensor.Number(0, DType.Bool)).Sum(dims) > 0;

    /// <summary>Whether every element along the dimensions (all, if none is named) is true, or not 0.</summary>
    public static Tensor All(this Tensor x, params ReadOnlySpan<int> dims) => x.Eq(Tensor.Number(0, DType.Bool)).Sum(dims).Eq(0);
}
