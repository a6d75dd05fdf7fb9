using System.Buffers;

namespace Candeia.Serving;

/// <summary>Arrays of JSON that hold numbers, and arrays of them, as float32 in the order in which they stand.</summary>
static class JsonFloats
{
    const int Deepest = 16;

    /// <summary>Reads an array at the beginning of a text.</summary>
    /// <param name="json">Begins with its bracket.</param>
    /// <param name="values">A rented array, which is changed for larger ones.</param>
    /// <param name="count">How many numbers there are.</param>
    /// <returns>How many bytes the array has; 0 if it is none of finite numbers alone, or breaks a rule of JSON.</returns>
    public static int Read(ReadOnlySpan<byte> json, ref float[] values, out int count)
    {
        count = 0;
        int depth = 0;
        bool wantsValue = true, mayClose = false;                          // after a comma or bracket; after an opening bracket
        for (int at = 0; at < json.Length;)
        {
            byte sign = json[at];
            if (sign is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
            else if (sign == '[')
            {
                if (!wantsValue || ++depth > Deepest) return 0;
                (mayClose, at) = (true, at + 1);
            }
            else if (sign == ']')
            {
                if (wantsValue && !mayClose) return 0;
                (wantsValue, mayClose, at) = (false, false, at + 1);
                if (--depth == 0) return at;
            }
            else if (sign == ',')
            {
                if (wantsValue) return 0;
                (wantsValue, at) = (true, at + 1);
            }
            else
            {
                if (!wantsValue || depth == 0) return 0;
                int length = Number(json[at..], out float value);
                if (length == 0) return 0;
                if (count == values.Length) Grow(ref values);
                values[count++] = value;
                (wantsValue, mayClose, at) = (false, false, at + length);
            }
        }
        return 0;
    }

    /// <summary>A number as JSON allows it; 0 for any other.</summary>
    static int Number(ReadOnlySpan<byte> text, out float value)
    {
        if (text.Length > 1 && text[1] is (byte)',' or (byte)']' && char.IsAsciiDigit((char)text[0]))
        {
            value = text[0] - '0';
            return 1;
        }
        int length = JsonFloat.Read(text, out value);
        if (length == 0 || !float.IsFinite(value)) return 0;
        int first = text[0] == '-' ? 1 : 0;
        var number = text[..length];
        if (number[first] == '0' && length > first + 1 && char.IsAsciiDigit((char)number[first + 1]) || !char.IsAsciiDigit((char)number[^1])) return 0;
        int point = number.IndexOf((byte)'.');
        return point >= 0 && !char.IsAsciiDigit((char)number[point + 1]) ? 0 : length;
    }

    static void Grow(ref float[] values)
    {
        float[] larger = ArrayPool<float>.Shared.Rent(2 * values.Length);
        values.CopyTo(larger, 0);
        ArrayPool<float>.Shared.Return(values);
        values = larger;
    }
}
