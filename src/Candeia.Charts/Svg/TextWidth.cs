namespace Candeia.Charts;

/// <summary>How wide text will be: nobody knows the reader's font, so Helvetica's widths with a margin for wider ones.</summary>
internal static class TextWidth
{
    // Helvetica's advance widths from the space to the tilde, in thousandths of the size (Adobe's font metrics).
    static readonly short[] Advances =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    const double Margin = 1.16;

    /// <summary>The width in pixels at a font size in pixels.</summary>
    public static double Of(string text, double size, bool bold = false)
    {
        int sum = text.Sum(c => c switch
        {
            >= ' ' and <= '~' => Advances[c - ' '],
            '\u202F' or '\u2009' => 220,                  // thin spaces
            >= '\u1100' and < '\uFE00' => 1000,           // East Asian; halves of pairs
            _ => 600,
        });
        return sum * size * Margin * (bold ? 1.2 : 1) / 1000;
    }

    /// <summary>The text, or its beginning and an ellipsis where it would be wider than allowed.</summary>
    public static string Cut(string text, double size, double width)
    {
        if (Of(text, size) <= width) return text;
        int length = text.Length;
        while (length > 1 && Of(text[..length], size) + size > width) length--;
        if (length > 1 && char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>The text in lines that are not wider than allowed, where its words permit.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, bool bold = false)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line != "" && Of(line + " " + word, size, bold) > width) { lines.Add(Cut(line, size, width)); line = word; }
            else line = line == "" ? word : line + " " + word;
        }
        if (line != "") lines.Add(Cut(line, size, width));
        return lines;
    }
}
