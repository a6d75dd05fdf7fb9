namespace Candeia;

/// <summary>Facts about element types, and the rules by which they combine.</summary>
public static class DTypes
{
    /// <summary>Bytes per element.</summary>
    public static int Size(this DType dtype) => dtype switch
    {
        DType.Bool or DType.UInt8 => 1,
        DType.Int32 or DType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether elements are floating-point numbers, the only ones that have gradients.</summary>
    public static bool IsFloatingPoint(this DType dtype) => dtype >= DType.Float32;

    /// <summary>The element type that holds values of <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">No tensor holds such elements.</exception>
    public static DType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32
        : typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(long) ? DType.Int64
        : typeof(T) == typeof(int) ? DType.Int32
        : typeof(T) == typeof(byte) ? DType.UInt8
        : typeof(T) == typeof(bool) ? DType.Bool
        : throw new NotSupportedException($"Tensors hold float, double, long, int, byte or bool, not {typeof(T).Name}.");

    /// <summary>The smallest type that holds both, as in <see href="https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc">torch.promote_types</see>.</summary>
    public static DType Promote(DType a, DType b) => a > b ? a : b;

    /// <summary>The type in which two tensors meet: a tensor with dimensions outweighs a 0-d one of its kind, and both outweigh a plain number.</summary>
    public static DType Result(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.DType == b.DType) return a.DType;
        var (high, low) = Weight(a) >= Weight(b) ? (a, b) : (b, a);
        if (Weight(high) == Weight(low)) return Promote(a.DType, b.DType);
        return Kind(low.DType) > Kind(high.DType) ? low.IsNumber && low.DType.IsFloatingPoint() ? DType.Float32 : Promote(high.DType, low.DType) : high.DType;
    }

    static int Weight(Tensor t) => t.IsNumber ? 0 : t.Rank == 0 ? 1 : 2;

    static int Kind(DType dtype) => dtype switch { DType.Bool => 0, < DType.Float32 => 1, _ => 2 };
}
