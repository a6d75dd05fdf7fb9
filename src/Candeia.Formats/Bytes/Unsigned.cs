namespace Candeia;

/// <summary>Unsigned numbers of more than eight bits, which tensors do not have: read as signed ones, then widened so that each keeps its value.</summary>
internal static class Unsigned
{
    /// <summary>The type whose bits are read for an unsigned type of so many bytes.</summary>
    public static DType Read(int size) => size switch { 2 => DType.Int16, 4 => DType.Int32, _ => DType.Int64 };

    /// <summary>The type in which the values are held.</summary>
    public static DType Held(int size) => size == 2 ? DType.Int32 : DType.Int64;

    /// <summary>The values, as numbers of the wider type; null where one is 2⁶³ or more.</summary>
    public static Tensor? Widen(Tensor bits) => bits.DType switch
    {
        DType.Int16 => bits.To(DType.Int32) & 0xFFFF,
        DType.Int32 => bits.To(DType.Int64) & 0xFFFF_FFFFL,
        _ => (bits < 0).Any().Item<long>() != 0 ? null : bits,
    };
}
