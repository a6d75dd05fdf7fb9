using System.Globalization;

namespace Candeia;

/// <summary>
/// The upper half of a float32: its range, with 8 bits of precision. Made to be stored: convert to float to compute. Conversion from float rounds to
/// the nearest, of two equally near to the one that ends in a zero bit (<see href="https://arxiv.org/abs/1905.12322">Kalamkar et al. 2019</see>).
/// </summary>
public readonly struct BFloat16 : IEquatable<BFloat16>, IComparable<BFloat16>
{
    BFloat16(ushort bits) => Bits = bits;

    /// <summary>Sign, 8 bits of exponent, 7 of mantissa.</summary>
    public ushort Bits { get; }

    /// <summary>The number of these bits.</summary>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>The same number, exactly.</summary>
    public static explicit operator float(BFloat16 x) => BitConverter.UInt32BitsToSingle((uint)x.Bits << 16);

    /// <summary>The same number, exactly.</summary>
    public static explicit operator double(BFloat16 x) => (float)x;

    /// <summary>The nearest number; too large ones become infinite, and not-a-number stays so.</summary>
    public static explicit operator BFloat16(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        return float.IsNaN(x) ? new((ushort)(bits >> 16 | 0x40)) : new((ushort)(bits + 0x7fff + (bits >> 16 & 1) >> 16));
    }

    /// <summary>The nearest number to the nearest float.</summary>
    public static explicit operator BFloat16(double x) => (BFloat16)(float)x;

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => ((float)this).Equals((float)other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(BFloat16 other) => ((float)this).CompareTo((float)other);

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(BFloat16 a, BFloat16 b) => (float)a == (float)b;

    /// <summary>Whether both are different numbers.</summary>
    public static bool operator !=(BFloat16 a, BFloat16 b) => (float)a != (float)b;

    /// <summary>Whether a is the smaller.</summary>
    public static bool operator <(BFloat16 a, BFloat16 b) => (float)a < (float)b;

    /// <summary>Whether a is the larger.</summary>
    public static bool operator >(BFloat16 a, BFloat16 b) => (float)a > (float)b;

    /// <summary>Whether a is not the larger.</summary>
    public static bool operator <=(BFloat16 a, BFloat16 b) => (float)a <= (float)b;

    /// <summary>Whether a is not the smaller.</summary>
    public static bool operator >=(BFloat16 a, BFloat16 b) => (float)a >= (float)b;

    /// <inheritdoc/>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}
