namespace Candeia;

/// <summary>The type of a tensor's elements.</summary>
public enum DType : byte
{
    /// <summary>Truth values, one byte each.</summary>
    Bool,
    /// <summary>Unsigned 8-bit integers.</summary>
    UInt8,
    /// <summary>Signed 32-bit integers.</summary>
    Int32,
    /// <summary>Signed 64-bit integers, the type of indices and class labels.</summary>
    Int64,
    /// <summary>Single precision, the default.</summary>
    Float32,
    /// <summary>Double precision.</summary>
    Float64,
}
