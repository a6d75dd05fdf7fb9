using System.Buffers.Binary;
using System.Buffers.Text;

namespace Candeia.Serving;

/// <summary>Numbers of JSON as float32, rounded once: to the bits of <see cref="float.Parse(ReadOnlySpan{byte}, IFormatProvider)"/>, in a third of the time.</summary>
static class JsonFloat
{
    const int MostDigits = 18, MostPower = 22;                             // of a long; of powers of ten that are whole as double

    static readonly double[] s_powers = [.. Enumerable.Range(0, MostPower + 1).Select(i => double.Parse($"1e{i}", System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Reads a number at the beginning of a text that is known to be JSON. Returns how many bytes it has; 0 where there is none.</summary>
    public static int Read(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        int at = text.Length > 0 && text[0] == '-' ? 1 : 0, first = at, power = 0;
        if (at == text.Length || !char.IsAsciiDigit((char)text[at])) return 0;
        ulong mantissa = 0;
        Digits(text, ref at, ref mantissa);
        int digits = at - first;
        if (at < text.Length && text[at] == '.')
        {
            int point = at++;
            Digits(text, ref at, ref mantissa);
            power = point + 1 - at;
            digits -= power;
        }
        if (digits > MostDigits) return Slowly(text, out value);
        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            if (!Utf8Parser.TryParse(text[(at + 1)..], out int exponent, out int length) || length == 0 || Math.Abs((long)exponent) > 100) return Slowly(text, out value);
            (at, power) = (at + 1 + length, power + exponent);
        }
        if (mantissa >= 1UL << 53 || Math.Abs(power) > MostPower) return Slowly(text, out value);
        // Both are whole as double, so this is rounded once. Rounding again is right but where the first has come to the middle of two floats.
        double exact = power < 0 ? (long)mantissa / s_powers[-power] : (long)mantissa * s_powers[power];
        if ((BitConverter.DoubleToUInt64Bits(exact) & 0x1FFFFFFF) == 0x10000000 || exact != 0 && exact < 1e-37) return Slowly(text, out value);
        value = (float)(text[0] == '-' ? -exact : exact);
        return at;
    }

    /// <summary>Goes on over digits, eight at a time where there are as many; too many overflow.</summary>
    static void Digits(ReadOnlySpan<byte> text, ref int at, ref ulong mantissa)
    {
        while (text.Length - at >= 8 && Eight(BinaryPrimitives.ReadUInt64LittleEndian(text[at..])) is var eight && eight >= 0)
        {
            mantissa = 100_000_000 * mantissa + (ulong)eight;
            at += 8;
        }
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++) mantissa = 10 * mantissa + (uint)(text[at] - '0');
    }

    /// <summary>The number that eight signs are, the first in the lowest byte; −1 unless all are digits.</summary>
    static long Eight(ulong signs)
    {
        if (((signs & 0xF0F0F0F0F0F0F0F0) | ((signs + 0x0606060606060606 & 0xF0F0F0F0F0F0F0F0) >> 4)) != 0x3333333333333333) return -1;
        signs -= 0x3030303030303030;
        signs = 10 * signs + (signs >> 8);                                 // pairs, in every other byte
        return (uint)((signs & 0x000000FF000000FF) * 0x000F424000000064 + (signs >> 16 & 0x000000FF000000FF) * 0x0000271000000001 >> 32);
    }

    static int Slowly(ReadOnlySpan<byte> text, out float value) => Utf8Parser.TryParse(text, out value, out int length) ? length : 0;
}
