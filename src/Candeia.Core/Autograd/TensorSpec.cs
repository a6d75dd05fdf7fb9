namespace Candeia;

/// <summary>What a tensor will be like: how its elements lie in memory, and of which type they are.</summary>
public readonly record struct TensorSpec(Layout Layout, DType DType)
{
    /// <summary>A row-major tensor.</summary>
    public TensorSpec(Shape shape, DType dtype) : this(Layout.Of(shape), dtype)
    {
    }
}
