namespace Candeia.Gpu;

/// <summary>Element types as kernels name them: how they are stored, in which type they are computed with, and what converts them.</summary>
internal static class Types
{
    /// <summary>The name of an element in memory.</summary>
    public static string Stored(DType dtype) => dtype switch
    {
        DType.Bool or DType.UInt8 => "u8", DType.Int8 => "i8", DType.Int16 => "i16", DType.Int32 => "i32", DType.Int64 => "i64",
        DType.Float16 => "f16", DType.BFloat16 => "b16", DType.Float32 => "f32", DType.Float64 => "f64",
        DType.Complex64 => "c64", _ => "c128",
    };

    /// <summary>The type in which elements are computed with: 16 bits in float32.</summary>
    public static DType Wide(DType dtype) => dtype is DType.Float16 or DType.BFloat16 ? DType.Float32 : dtype;

    public static bool IsFloat(DType dtype) => dtype is DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64;

    public static bool IsComplex(DType dtype) => dtype is DType.Complex64 or DType.Complex128;

    /// <summary>The type of a complex number's parts; others are their own.</summary>
    public static DType Part(DType dtype) => dtype switch { DType.Complex64 => DType.Float32, DType.Complex128 => DType.Float64, _ => dtype };

    /// <summary>The complex type in which these are computed with. Plain numbers fit into any.</summary>
    public static DType Complex(params ReadOnlySpan<Operand> operands)
    {
        foreach (var x in operands) if (!x.IsNumber && x.DType is DType.Complex128 or DType.Float64 or DType.Int64) return DType.Complex128;
        return DType.Complex64;
    }

    /// <summary>An expression as one of a type: a cast, where there is one.</summary>
    public static string Cast(string x, DType dtype) => IsComplex(dtype) ? x : $"({Stored(dtype)})({x})";

    /// <summary>An expression of float32 as it is when it has been stored in 16 bits; any other stays what it is.</summary>
    public static string Rounded(string x, DType dtype) => Wide(dtype) == dtype ? x : $"from_{Stored(dtype)}(to_{Stored(dtype)}((f32)({x})))";

    /// <summary>The type that holds elements of all of these.</summary>
    public static DType Common(ReadOnlySpan<Operand> operands)
    {
        var common = DType.Bool;
        foreach (var x in operands) if (Wide(x.DType) > common) common = Wide(x.DType);
        return common;
    }

    /// <summary>An expression of one type as one of another; both are stored types. What is complex becomes nothing that is not.</summary>
    public static string Convert(string x, DType from, DType to)
    {
        if (from == to) return x;
        if (IsComplex(to))
        {
            string part = Stored(Part(to));
            return IsComplex(from) ? $"make_{Stored(to)}(({part})({x}).re, ({part})({x}).im)" : $"make_{Stored(to)}({Convert(x, from, Part(to))}, 0)";
        }
        if (from == DType.Float16) return Convert($"from_f16({x})", DType.Float32, to);
        if (from == DType.BFloat16) return Convert($"from_b16({x})", DType.Float32, to);
        if (to is DType.Float16 or DType.BFloat16) return $"to_{Stored(to)}((f32)({x}))";
        if (to == DType.Bool) return $"(u8)(({x}) != 0)";
        if (!IsFloat(from) || IsFloat(to)) return $"({Stored(to)})({x})";
        string whole = $"whole_{Stored(from)}({x})";                         // C leaves open what a fraction out of range becomes
        return to == DType.Int64 ? whole : $"({Stored(to)})least_i32({whole})";
    }
}
