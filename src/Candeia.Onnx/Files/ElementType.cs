namespace Candeia.Onnx;

/// <summary>The types of elements that ONNX has, under its numbers.</summary>
internal enum ElementType
{
    Undefined, Float, UInt8, Int8, UInt16, Int16, Int32, Int64, String, Bool, Float16, Double, UInt32, UInt64, Complex64, Complex128, BFloat16,
    Float8E4M3FN, Float8E4M3FNUZ, Float8E5M2, Float8E5M2FNUZ, UInt4, Int4, Float4E2M1, Float8E8M0, UInt2, Int2,
}

/// <summary>What tensors make of them.</summary>
internal static class ElementTypes
{
    /// <summary>The type in which tensors hold such elements: the next larger one where there is no equal; null where there is none.</summary>
    public static DType? Held(this ElementType type) => type switch
    {
        ElementType.Float => DType.Float32,
        ElementType.UInt8 => DType.UInt8,
        ElementType.Int8 => DType.Int8,
        ElementType.Int16 => DType.Int16,
        ElementType.UInt16 or ElementType.Int32 => DType.Int32,
        ElementType.UInt32 or ElementType.UInt64 or ElementType.Int64 => DType.Int64,
        ElementType.Bool => DType.Bool,
        ElementType.Float16 => DType.Float16,
        ElementType.BFloat16 => DType.BFloat16,
        ElementType.Double => DType.Float64,
        ElementType.Complex64 => DType.Complex64,
        ElementType.Complex128 => DType.Complex128,
        _ => null,
    };

    /// <summary>The type under which tensors are written.</summary>
    public static ElementType Written(this DType dtype) => dtype switch
    {
        DType.Float32 => ElementType.Float,
        DType.UInt8 => ElementType.UInt8,
        DType.Int8 => ElementType.Int8,
        DType.Int16 => ElementType.Int16,
        DType.Int32 => ElementType.Int32,
        DType.Int64 => ElementType.Int64,
        DType.Bool => ElementType.Bool,
        DType.Float16 => ElementType.Float16,
        DType.BFloat16 => ElementType.BFloat16,
        DType.Float64 => ElementType.Double,
        DType.Complex64 => ElementType.Complex64,
        DType.Complex128 => ElementType.Complex128,
        _ => throw new OnnxException($"ONNX has no type {dtype}."),
    };

    /// <summary>The bytes of an element in raw data.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.UInt16 => 2,
        ElementType.UInt32 => 4,
        _ => type.Held()!.Value.Size(),
    };

    /// <summary>The name as messages have it: that of ONNX, in lower case, for any number a file may hold.</summary>
    public static string Name(this ElementType type) => Enum.IsDefined(type) ? type.ToString().ToLowerInvariant() : $"type {(int)type}";
}
