namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Whether some element along the dimensions (all, if none is named) is true, or not 0.</summary>
    public static Tensor Any(this Tensor x, params ReadOnlySpan<int> dims) => x.Any(dims, keepDim: false);

    /// <summary>Whether some element along the dimensions, which stay with size 1 if asked, is true, or not 0.</summary>
    public static Tensor Any(this Tensor x, ReadOnlySpan<int> dims, bool keepDim) => x.Ne(Tensor.Number(0, DType.Bool)).Sum(dims, keepDim) > 0;

    /// <summary>Whether every element along the dimensions (all, if none is named) is true, or not 0.</summary>
    public static Tensor All(this Tensor x, params ReadOnlySpan<int> dims) => x.All(dims, keepDim: false);

    /// <summary>Whether every element along the dimensions, which stay with size 1 if asked, is true, or not 0.</summary>
    public static Tensor All(this Tensor x, ReadOnlySpan<int> dims, bool keepDim) => x.Eq(Tensor.Number(0, DType.Bool)).Sum(dims, keepDim).Eq(0);
}
