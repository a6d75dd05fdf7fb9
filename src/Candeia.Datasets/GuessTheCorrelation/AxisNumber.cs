namespace Candeia.Datasets;

/// <summary>The numbers 0.0, 0.2 … 1.0 in a pixel font: seven pixels high, digits five wide.</summary>
internal static class AxisNumber
{
    public const int Width = 14, Height = 7;

    static readonly Dictionary<char, string[]> s_glyphs = new()
    {
        ['0'] = [".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."],
        ['1'] = ["..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."],
        ['2'] = [".###.", "#...#", "....#", "...#.", "..#..", ".#...", "#####"],
        ['4'] = ["...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."],
        ['6'] = [".###.", "#....", "#....", "####.", "#...#", "#...#", ".###."],
        ['8'] = [".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."],
        ['.'] = ["..", "..", "..", "..", "..", "..", "#."],
    };

    static readonly (int Row, int Column)[][] s_numbers = [.. Enumerable.Range(0, 6).Select(i => Draw($"{i / 5}.{2 * i % 10}"))];

    /// <summary>The black pixels of an even number of tenths, relative to its upper left corner.</summary>
    public static ReadOnlySpan<(int Row, int Column)> Dots(int tenths) => s_numbers[tenths / 2];

    static (int, int)[] Draw(string number)
    {
        List<(int, int)> dots = [];
        int left = 0;
        foreach (char c in number)
        {
            string[] glyph = s_glyphs[c];
            for (int row = 0; row < Height; row++)
                for (int column = 0; column < glyph[row].Length; column++)
                    if (glyph[row][column] == '#') dots.Add((row, left + column));
            left += glyph[0].Length + 1;
        }
        return [.. dots];
    }
}
