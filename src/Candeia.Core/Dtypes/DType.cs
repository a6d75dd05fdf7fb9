namespace Candeia;

/// <summary>The type of a tensor's elements. What is known of each stands in one table: see <see cref="DTypes"/>.</summary>
public enum DType : byte
{
    /// <summary>Truth values, one byte each.</summary>
    Bool,
    /// <summary>Unsigned 8-bit integers: pixels.</summary>
    UInt8,
    /// <summary>Signed 8-bit integers.</summary>
    Int8,
    /// <summary>Signed 16-bit integers: sound.</summary>
    Int16,
    /// <summary>Signed 32-bit integers.</summary>
    Int32,
    /// <summary>Signed 64-bit integers, the type of indices and class labels.</summary>
    Int64,
    /// <summary>IEEE half precision: 11 bits of precision, numbers up to 65 504. Computed with in float32, and rounded once.</summary>
    Float16,
    /// <summary>The upper half of a float32: its range, with 8 bits of precision. Computed with in float32, and rounded once.</summary>
    BFloat16,
    /// <summary>Single precision, the default.</summary>
    Float32,
    /// <summary>Double precision.</summary>
    Float64,
    /// <summary>Complex numbers of two float32. Computed with in complex128, and rounded once.</summary>
    Complex64,
    /// <summary>Complex numbers of two float64.</summary>
    Complex128,
}
