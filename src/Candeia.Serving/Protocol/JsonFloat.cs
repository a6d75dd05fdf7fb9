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
        int at = text.Length > 0 && text[0] == '-' ? 1 : 0, digits = 0, power = 0;
        if (at == text.Length || !char.IsAsciiDigit((char)text[at])) return 0;
        long mantissa = 0;
        for (bool behind = false; at < text.Length; at++)
        {
            byte sign = text[at];
            if (sign == '.' && !behind) behind = true;
            else if (sign is >= (byte)'0' and <= (byte)'9')
            {
                if (digits > 0 || sign != '0') digits++;
                if (digits > MostDigits) return Slowly(text, out value);
                mantissa = 10 * mantissa + (sign - '0');
                if (behind) power--;
            }
            else break;
        }
        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            if (!Utf8Parser.TryParse(text[(at + 1)..], out int exponent, out int length) || length == 0 || Math.Abs((long)exponent) > 100) return Slowly(text, out value);
            (at, power) = (at + 1 + length, power + exponent);
        }
        if (mantissa >= 1L << 53 || Math.Abs(power) > MostPower) return Slowly(text, out value);
        // Both are whole as double, so this is rounded once. Rounding again is right but where the first has come to the middle of two floats.
        double exact = power < 0 ? mantissa / s_powers[-power] : mantissa * s_powers[power];
        if ((BitConverter.DoubleToUInt64Bits(exact) & 0x1FFFFFFF) == 0x10000000 || exact != 0 && exact < 1e-37) return Slowly(text, out value);
        value = (float)(text[0] == '-' ? -exact : exact);
        return at;
    }

    static int Slowly(ReadOnlySpan<byte> text, out float value) => Utf8Parser.TryParse(text, out value, out int length) ? length : 0;
}
