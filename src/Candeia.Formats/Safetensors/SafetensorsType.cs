namespace Candeia;

/// <summary>The element types of the safetensors format, in the order in which its reference implementation ranks them (by alignment).</summary>
/// <remarks>Source: <see href="https://docs.rs/safetensors/latest/safetensors/tensor/enum.Dtype.html"/>.</remarks>
public enum SafetensorsType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,
    /// <summary>4-bit float (MXFP4).</summary>
    F4,
    /// <summary>6-bit float: 2 bits of exponent, 3 of mantissa.</summary>
    F6_E2M3,
    /// <summary>6-bit float: 3 bits of exponent, 2 of mantissa.</summary>
    F6_E3M2,
    /// <summary>Unsigned byte.</summary>
    U8,
    /// <summary>Signed byte.</summary>
    I8,
    /// <summary>8-bit float: 5 bits of exponent, 2 of mantissa.</summary>
    F8_E5M2,
    /// <summary>8-bit float: 4 bits of exponent, 3 of mantissa.</summary>
    F8_E4M3,
    /// <summary>8-bit power of two.</summary>
    F8_E8M0,
    /// <summary>8-bit float: 4 bits of exponent, 3 of mantissa, no infinities, no negative zero.</summary>
    F8_E4M3FNUZ,
    /// <summary>8-bit float: 5 bits of exponent, 2 of mantissa, no infinities, no negative zero.</summary>
    F8_E5M2FNUZ,
    /// <summary>Signed 16-bit integer.</summary>
    I16,
    /// <summary>Unsigned 16-bit integer.</summary>
    U16,
    /// <summary>IEEE half precision.</summary>
    F16,
    /// <summary>The upper half of a single-precision float.</summary>
    BF16,
    /// <summary>Signed 32-bit integer.</summary>
    I32,
    /// <summary>Unsigned 32-bit integer.</summary>
    U32,
    /// <summary>IEEE single precision.</summary>
    F32,
    /// <summary>Complex number of two single-precision floats.</summary>
    C64,
    /// <summary>IEEE double precision.</summary>
    F64,
    /// <summary>Signed 64-bit integer.</summary>
    I64,
    /// <summary>Unsigned 64-bit integer.</summary>
    U64,
}
