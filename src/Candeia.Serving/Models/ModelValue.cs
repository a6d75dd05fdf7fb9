namespace Candeia.Serving;

/// <summary>A tensor that a model takes or gives.</summary>
/// <param name="Name">What programs call it.</param>
/// <param name="DType">The type of its elements, which is no complex one.</param>
/// <param name="Shape">Its sizes; −1 for those that are free. The first is the number of items.</param>
public sealed record ModelValue(string Name, DType DType, IReadOnlyList<int> Shape)
{
    /// <summary>Many items of a fixed shape, float32 unless it is said: <c>ModelValue.Of("x", [4])</c> is [−1, 4].</summary>
    /// <param name="name">What programs call it.</param>
    /// <param name="item">The shape of one item.</param>
    /// <param name="dtype">The type of its elements.</param>
    public static ModelValue Of(string name, ReadOnlySpan<int> item, DType dtype = DType.Float32) => new(name, dtype, [-1, .. item]);

    /// <summary>Name, type and sizes, as the protocol writes them: <c>x: FP32 [-1, 4]</c>.</summary>
    public override string ToString() => $"{Name}: {Datatypes.NameOf(DType)} [{string.Join(", ", Shape)}]";

    /// <summary>Whether a tensor is one of these.</summary>
    internal bool Fits(Tensor tensor) => tensor.DType == DType && Fits((ReadOnlySpan<int>)tensor.Shape);

    /// <summary>Whether a tensor of these sizes could be one.</summary>
    internal bool Fits(ReadOnlySpan<int> shape)
    {
        if (shape.Length != Shape.Count) return false;
        for (int i = 0; i < shape.Length; i++)
            if (Shape[i] >= 0 && Shape[i] != shape[i]) return false;
        return true;
    }
}
