namespace Candeia;

/// <summary>The operations on tensors, each in a file of its own beside its derivative.</summary>
public static partial class TensorOps
{
    /// <summary>Values of the element type of the tensor that they meet; a plain number takes on any.</summary>
    internal static Tensor Alike(Tensor x, Tensor values, string name) => values.DType == x.DType || values.IsNumber ? values
        : throw new ArgumentException($"{name} needs one element type, not {x.DType} and {values.DType}; convert with To(DType.{x.DType}).");
}
