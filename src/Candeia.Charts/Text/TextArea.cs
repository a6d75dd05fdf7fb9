namespace Candeia.Charts;

/// <summary>The part of a page that marks draw in; x and y count its dots, two by four in a cell.</summary>
internal sealed class TextArea(TextGrid grid, int left, int top, int columns, int rows)
{
    public TextGrid Grid { get; } = grid;
    public int Left { get; } = left;
    public int Top { get; } = top;
    public int Columns { get; } = columns;
    public int Rows { get; } = rows;

    /// <summary>The dots, for a frame.</summary>
    public Box Dots => new(0, 0, 2 * Columns - 1, 4 * Rows - 1);

    public void Dot(double x, double y, string? style)
    {
        (x, y) = (Math.Floor(x + 0.500001), Math.Floor(y + 0.500001));   // the same side for all that lie between two dots
        if (Dots.Has(x, y)) Grid.Dot((int)x + 2 * Left, (int)y + 4 * Top, style);
    }

    /// <summary>A line, of which each n-th dot is drawn.</summary>
    public void Line((double X, double Y) a, (double X, double Y) b, string? style, int every = 1)
    {
        // Only the share that is inside (Liang and Barsky 1984): the line may reach far out.
        double from = 0, to = 1, dx = b.X - a.X, dy = b.Y - a.Y;
        (double, double)[] sides = [(-dx, a.X + 0.5), (dx, 2 * Columns - 0.5 - a.X), (-dy, a.Y + 0.5), (dy, 4 * Rows - 0.5 - a.Y)];
        foreach (var (move, room) in sides)
        {
            if (move == 0 && room < 0) return;
            if (move < 0) from = Math.Max(from, room / move);
            if (move > 0) to = Math.Min(to, room / move);
        }
        if (from > to) return;
        int steps = (int)Math.Ceiling(Math.Max(Math.Abs(dx), Math.Abs(dy)) * (to - from));
        for (int i = 0; i <= steps; i += every)
        {
            double t = steps == 0 ? from : from + (to - from) * i / steps;
            Dot(a.X + t * dx, a.Y + t * dy, style);
        }
    }

    /// <summary>Whether these cells are in the area and nothing is in them.</summary>
    public bool IsFree(int column, int row, int count) =>
        column >= 0 && column + count <= Columns && row >= 0 && row < Rows && Grid.IsFree(Left + column, Top + row, count);

    /// <summary>Text from a cell of the area on.</summary>
    public void Put(int column, int row, string text, string? style)
    {
        if (column >= 0 && row >= 0 && row < Rows) Grid.Put(Left + column, Top + row, text, style);
    }
}
