namespace Candeia;

/// <summary>A tensor as a device sees it: memory, layout and type.</summary>
/// <param name="Storage">The memory.</param>
/// <param name="Layout">Which element lies where in it.</param>
/// <param name="DType">The type of the elements.</param>
public readonly record struct Operand(Storage Storage, Layout Layout, DType DType)
{
    internal static Operand Of(Tensor tensor) => new(tensor.Storage, tensor.Layout, tensor.DType);
}
