using System.Globalization;
using System.Text;

namespace Candeia.Charts;

/// <summary>What terminals understand: styles, and how many cells a character takes.</summary>
internal static class Terminal
{
    public const string Reset = "\e[0m", Bold = "\e[1m", Quiet = "\e[2m";

    /// <summary>Colours of the 256 that are readable on black and on white.</summary>
    public static string Of(Hue hue)
    {
        int color = hue switch { Hue.Orange => 166, Hue.Blue => 32, Hue.Green => 36, Hue.Purple => 134, Hue.Gold => 136, _ => 245 };
        return $"\e[38;5;{color}m";
    }

    /// <summary>Whether whoever reads the console sees colours.</summary>
    public static bool HasColor => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Characters as they are seen, each with what combines with it; none that commands the terminal or turns text around.</summary>
    public static IEnumerable<string> Cells(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string cell = elements.GetTextElement();
            yield return !Rune.TryGetRuneAt(cell, 0, out _) || cell.Any(Commands) ? string.IsNullOrWhiteSpace(cell) ? " " : "\uFFFD" : cell;
        }
    }

    static bool Commands(char c) => char.IsControl(c)
        || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>How many cells a character takes: two for East Asian wide ones and pictures.</summary>
    public static int Width(string cell) => Rune.TryGetRuneAt(cell, 0, out var rune) && rune.Value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;

    /// <summary>How many cells a text takes.</summary>
    public static int WidthOf(string text) => Cells(text).Sum(Width);

    /// <summary>The text, or its beginning and an ellipsis where it would take more cells than allowed.</summary>
    public static string Cut(string text, int width)
    {
        if (WidthOf(text) <= width) return text;
        var cut = new StringBuilder();
        int used = 1;
        foreach (string cell in Cells(text))
        {
            if ((used += Width(cell)) > width) break;
            cut.Append(cell);
        }
        return width < 1 ? "" : cut.ToString().TrimEnd() + "…";
    }
}
