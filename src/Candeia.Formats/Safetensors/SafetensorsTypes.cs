namespace Candeia;

/// <summary>Names and sizes of <see cref="SafetensorsType"/>, as they stand in files.</summary>
internal static class SafetensorsTypes
{
    static readonly (string Name, int Bits)[] s_table =                     // by SafetensorsType
    [
        ("BOOL", 8), ("F4", 4), ("F6_E2M3", 6), ("F6_E3M2", 6), ("U8", 8), ("I8", 8),
        ("F8_E5M2", 8), ("F8_E4M3", 8), ("F8_E8M0", 8), ("F8_E4M3FNUZ", 8), ("F8_E5M2FNUZ", 8),
        ("I16", 16), ("U16", 16), ("F16", 16), ("BF16", 16),
        ("I32", 32), ("U32", 32), ("F32", 32), ("C64", 64), ("F64", 64), ("I64", 64), ("U64", 64),
    ];

    public static string Name(this SafetensorsType type) => s_table[(int)type].Name;

    public static int Bits(this SafetensorsType type) => s_table[(int)type].Bits;

    static readonly (SafetensorsType Type, DType DType)[] s_tensors =
    [
        (SafetensorsType.Bool, DType.Bool), (SafetensorsType.U8, DType.UInt8), (SafetensorsType.I8, DType.Int8), (SafetensorsType.I16, DType.Int16),
        (SafetensorsType.I32, DType.Int32), (SafetensorsType.I64, DType.Int64), (SafetensorsType.F16, DType.Float16), (SafetensorsType.BF16, DType.BFloat16),
        (SafetensorsType.F32, DType.Float32), (SafetensorsType.F64, DType.Float64), (SafetensorsType.C64, DType.Complex64),
    ];

    /// <summary>The tensor type that holds these elements; null where there is none.</summary>
    public static DType? Loaded(this SafetensorsType type)
    {
        foreach (var row in s_tensors) if (row.Type == type) return row.DType;
        return null;
    }

    /// <summary>How elements of a tensor are stored.</summary>
    /// <exception cref="SafetensorsException">The format has no such elements.</exception>
    public static SafetensorsType Stored(this DType dtype)
    {
        foreach (var row in s_tensors) if (row.DType == dtype) return row.Type;
        throw new SafetensorsException($"The safetensors format has no {dtype.Name()} numbers; convert with To(dtype) before saving.");
    }

    public static SafetensorsType? Parse(string name) =>
        Array.FindIndex(s_table, row => row.Name == name) is >= 0 and var i ? (SafetensorsType)i : null;
}
