namespace Candeia.Charts;

/// <summary>Two axes and marks, in cells of text.</summary>
internal static class TextPlot
{
    public static void Draw(Plot plot, TextGrid grid, int top)
    {
        var (x, y, keys) = (plot.X, plot.Y, plot.Keys);
        int names = keys.Select(k => Terminal.WidthOf(k.Name)).DefaultIfEmpty(0).Max();
        bool beside = keys.Length > 0 && names <= grid.Columns / 4
            && keys.All(k => k.End is { } end && x.Shows(end.X) && y.Shows(end.Y) && x.At(end.X) > 0.97);
        if (keys.Length > 0 && !beside) Legend(grid, keys, top++);
        if (y.Caption != "") grid.Put(0, top++, Terminal.Cut(y.Caption, grid.Columns), Terminal.Quiet);

        int below = (plot.TicksX ? plot.Rows ? 2 : 1 : 0) + (x.Caption == "" ? 0 : 1), rows = Math.Max(1, grid.Rows - top - below);
        var ticks = y.Ticks(Math.Clamp(rows / 3, 2, 8));
        int labels = Math.Min(ticks.Select(t => Terminal.WidthOf(t.Label)).DefaultIfEmpty(0).Max(), grid.Columns * 2 / 5);
        int left = labels + 1 + (plot.Rows ? 1 : 0);
        int columns = Math.Max(2, grid.Columns - left - (beside ? names + 1 : plot.Marks.Select(m => m.RoomInText).DefaultIfEmpty(0).Max()));
        // A cell is twice as high as wide: two by four dots make a square grid.
        if (plot.Square && y.Names is null) (columns, rows) = (Math.Min(columns, 2 * rows), Math.Min(rows, Math.Max(1, columns / 2)));
        if (plot.Square && x.Names is { } across) columns = Math.Max(1, Math.Min(columns, 8 * across.Count));

        var area = new TextArea(grid, left, top, columns, rows);
        var frame = new Frame(x, y, area.Dots);
        AxisY(plot, area, frame, ticks, labels);
        if (plot.TicksX) AxisX(plot, area, frame);
        int under = Math.Max(0, left + columns - Terminal.WidthOf(x.Caption));
        grid.Put(under, top + rows + below - 1, Terminal.Cut(x.Caption, grid.Columns), Terminal.Quiet);
        // A cell has one colour, the last: that of data rather than of the diagonal, which elsewhere lies above them.
        foreach (var mark in plot.Marks.OrderByDescending(m => m is DiagonalMark)) mark.Draw(area, frame);
        if (beside) Ends(area, frame, keys);
    }

    static void AxisY(Plot plot, TextArea area, Frame frame, IReadOnlyList<Tick> ticks, int labels)
    {
        for (int row = 0; plot.Rows && row < area.Rows; row++) area.Grid.Put(area.Left - 1, area.Top + row, "│", Terminal.Quiet);
        int used = -1;
        foreach (var tick in ticks.OrderBy(t => frame.AtY(t.Value)))
        {
            int row = (int)Math.Round(frame.AtY(tick.Value)) / 4;
            if (row == used) continue;
            used = row;
            string label = Terminal.Cut(tick.Label, labels);
            area.Grid.Put(labels - Terminal.WidthOf(label), area.Top + row, label, frame.Y.Names is null ? Terminal.Quiet : null);
            if (plot.Rows) area.Grid.Put(area.Left - 1, area.Top + row, "┤", Terminal.Quiet);
        }
    }

    static void AxisX(Plot plot, TextArea area, Frame frame)
    {
        int row = area.Top + area.Rows, free = 0;
        int below = plot.Rows ? row + 1 : row;
        int widest = frame.X.Names is { Count: > 0 } names ? Math.Max(1, area.Columns / names.Count - 1) : area.Columns;
        if (plot.Rows) area.Grid.Put(area.Left - 1, row, "└" + new string('─', area.Columns), Terminal.Quiet);
        foreach (var tick in frame.X.TicksWithin(area.Columns, Math.Clamp(area.Columns / 6, 2, 12), label => Terminal.WidthOf(label) + 2))
        {
            string label = Terminal.Cut(tick.Label, widest);
            int column = area.Left + (int)Math.Round(frame.AtX(tick.Value)) / 2, wide = Terminal.WidthOf(label);
            int start = Math.Clamp(column - wide / 2, 0, Math.Max(0, area.Grid.Columns - wide));
            if (plot.Rows) area.Grid.Put(column, row, "┬", Terminal.Quiet);
            if (start < free) continue;
            area.Grid.Put(start, below, label, frame.X.Names is null ? Terminal.Quiet : null);
            free = start + wide + 1;
        }
    }

    // Each name on the row where its line ends, or the nearest free one.
    static void Ends(TextArea area, Frame frame, Key[] keys)
    {
        var free = Enumerable.Range(0, area.Rows).ToHashSet();
        foreach (var key in keys.OrderBy(k => frame.AtY(k.End!.Value.Y)))
        {
            if (free.Count == 0) return;
            int wanted = (int)Math.Round(frame.AtY(key.End!.Value.Y)) / 4, row = free.MinBy(r => (Math.Abs(r - wanted), -r));
            free.Remove(row);
            area.Grid.Put(area.Left + area.Columns + 1, area.Top + row, key.Name, Terminal.Of(key.Hue));
        }
    }

    static void Legend(TextGrid grid, Key[] keys, int row)
    {
        bool fits = keys.Sum(k => Terminal.WidthOf(k.Name) + 5) <= grid.Columns;
        int column = 0, most = fits ? grid.Columns : Math.Max(4, grid.Columns / keys.Length - 5);
        foreach (var key in keys)
        {
            string sample = key.Dot ? "•" : key.Dashed ? "╌╌" : "──";
            grid.Put(column, row, sample, Terminal.Of(key.Hue));
            column += sample.Length + 1;
            string name = Terminal.Cut(key.Name, most);
            grid.Put(column, row, name);
            column += Terminal.WidthOf(name) + 2;
        }
    }
}
