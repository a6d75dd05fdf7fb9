using System.Text;

namespace Candeia.Charts;

/// <summary>A page of terminal cells, each with a character or with dots, and a style.</summary>
internal sealed class TextGrid(int columns, int rows)
{
    readonly string?[,] texts = new string?[rows, columns];
    readonly byte[,] dots = new byte[rows, columns];
    readonly string?[,] styles = new string?[rows, columns];

    public int Columns { get; } = columns;
    public int Rows { get; } = rows;

    /// <summary>Writes text from a cell to the right, as far as there are cells.</summary>
    public void Put(int column, int row, string text, string? style = null)
    {
        if (row < 0 || row >= Rows) return;
        foreach (string cell in Terminal.Cells(text))
        {
            int wide = Terminal.Width(cell);
            if (column >= 0 && column + wide <= Columns)
            {
                (texts[row, column], styles[row, column]) = (cell, style);
                if (wide == 2) texts[row, column + 1] = "";
            }
            column += wide;
        }
    }

    /// <summary>Whether nothing is in these cells.</summary>
    public bool IsFree(int column, int row, int count)
    {
        for (int i = column; i < column + count; i++)
            if (texts[row, i] is not null || dots[row, i] != 0) return false;
        return true;
    }

    /// <summary>Sets one of the two by four dots of a cell; x and y count dots from the upper left.</summary>
    public void Dot(int x, int y, string? style)
    {
        int column = x >> 1, row = y >> 2;
        if (x < 0 || y < 0 || column >= Columns || row >= Rows) return;
        // Unicode's braille patterns: bits 0 1 2 down the left, 3 4 5 down the right, 6 and 7 below them.
        dots[row, column] |= (byte)((y & 3) == 3 ? 0x40 << (x & 1) : 1 << ((y & 3) + 3 * (x & 1)));
        styles[row, column] = style;
    }

    /// <summary>The lines, without spaces at their ends; styled as terminals understand it, or plain.</summary>
    public string ToString(bool color)
    {
        var page = new StringBuilder();
        for (int row = 0; row < Rows; row++)
        {
            if (row > 0) page.Append('\n');
            int end = Columns;
            while (end > 0 && Character(row, end - 1) == " ") end--;
            string? now = null;
            for (int column = 0; column < end; column++)
            {
                string text = Character(row, column);
                string? style = text is " " or "" ? now : styles[row, column];
                if (color && style != now)
                {
                    page.Append(now is null ? "" : Terminal.Reset).Append(style);
                    now = style;
                }
                page.Append(text);
            }
            if (now is not null) page.Append(Terminal.Reset);
        }
        return page.ToString();
    }

    string Character(int row, int column) =>
        texts[row, column] ?? (dots[row, column] == 0 ? " " : ((char)(0x2800 + dots[row, column])).ToString());
}
