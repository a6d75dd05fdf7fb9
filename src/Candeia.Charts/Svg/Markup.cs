using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Candeia.Charts;

/// <summary>XML in the making. What stands between the braces of an interpolated string is escaped, so that no text can become markup.</summary>
internal sealed class Markup
{
    readonly StringBuilder text = new();

    /// <summary>Literal parts as they are, texts escaped, numbers rounded to two decimals.</summary>
    public Markup Write([InterpolatedStringHandlerArgument("")] ref Parts parts)
    {
        _ = parts;   // has written itself already
        return this;
    }

    /// <summary>Markup that this library wrote, as it is.</summary>
    public Markup Literal(string markup)
    {
        text.Append(markup);
        return this;
    }

    public override string ToString() => text.ToString();

    /// <summary>A number as SVG wants it: two decimals, no trailing zeros, no negative zero.</summary>
    public static string Number(double value)
    {
        double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return rounded == 0 ? "0" : rounded.ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>The text between tags or quotes; characters that XML cannot hold become U+FFFD.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length + 16);
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) escaped.Append(c).Append(value[++i]);
            else if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' or '\u007F' || (c < ' ' && c is not ('\t' or '\n'))) escaped.Append('\uFFFD');
            else _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }

    /// <summary>The parts of an interpolated string, on their way into the markup.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Parts(int literalLength, int formattedCount, Markup into)
    {
        readonly StringBuilder text = into.text.EnsureRoom(literalLength + 8 * formattedCount);

        public void AppendLiteral(string literal) => text.Append(literal);
        public void AppendFormatted(string? value) => text.Append(Escape(value ?? ""));
        public void AppendFormatted(double value) => text.Append(Number(value));
        public void AppendFormatted(int value) => text.Append(CultureInfo.InvariantCulture, $"{value}");
        /// <summary>Markup already.</summary>
        public void AppendFormatted(Markup value) => text.Append(value.text);
    }
}

file static class Room
{
    public static StringBuilder EnsureRoom(this StringBuilder text, int more)
    {
        text.EnsureCapacity(text.Length + more);
        return text;
    }
}
