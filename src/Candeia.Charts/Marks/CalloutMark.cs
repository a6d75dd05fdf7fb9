namespace Candeia.Charts;

/// <summary>A ring around a point, and a text beside it where it covers the least.</summary>
internal sealed record CalloutMark(Callout Callout) : Mark
{
    const double Far = 10, Size = SvgCanvas.FontSize;

    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        if (!frame.X.Shows(Callout.X) || !frame.Y.Shows(Callout.Y)) return;
        double x = frame.AtX(Callout.X), y = frame.AtY(Callout.Y);
        string color = Callout.Hue is { } hue ? canvas.Colors[hue] : canvas.Colors.Ink;
        canvas.Out.Write($"<circle cx='{x}' cy='{y}' r='5' fill='{canvas.Colors.Paper}' stroke='{color}' stroke-width='2'>");
        canvas.Out.Write($"<title>{Callout.Text}</title></circle>");
        var (left, bottom) = Place(frame, x, y);
        canvas.Text(left, bottom - 3, Callout.Text, Callout.Hue is { } own ? canvas.Colors.Word(own) : color, bold: true, halo: true);
    }

    public override void Draw(TextArea area, Frame frame)
    {
        if (!frame.X.Shows(Callout.X) || !frame.Y.Shows(Callout.Y)) return;
        string? style = Callout.Hue is { } hue ? Terminal.Of(hue) : null;
        int column = (int)Math.Round(frame.AtX(Callout.X)) / 2, row = (int)Math.Round(frame.AtY(Callout.Y)) / 4;
        area.Put(column, row, "◉", style);
        string text = Terminal.Cut(Callout.Text, area.Columns);
        int wide = Terminal.WidthOf(text), centred = Math.Clamp(column - wide / 2, 0, Math.Max(0, area.Columns - wide));
        (int Column, int Row)[] places =
        [
            (column + 2, row), (column - wide - 1, row), (centred, row - 1), (centred, row + 1), (column - wide - 1, row + 1),
            (centred, row - 2), (centred, row - 3), (centred, row - 5),
        ];
        foreach (var (left, at) in places)
        {
            if (!area.IsFree(left, at, wide)) continue;
            area.Put(left, at, text, style);
            return;
        }
    }

    (double Left, double Bottom) Place(Frame frame, double x, double y)
    {
        double width = TextWidth.Of(Callout.Text, Size, bold: true), high = Size + 2;
        var area = frame.Area;
        double centred = Math.Clamp(x - width / 2, area.Left, Math.Max(area.Left, area.Right - width)), above = y - Far, below = y + Far + high;
        (double Left, double Bottom)[] places =
        [
            (centred, above), (centred, below), (x - width - Far, y + high / 2), (x + Far, y + high / 2),
            (x - width - 4, below), (x + 4, above), (x - width - 4, above), (x + 4, below),
            (centred, y - 3 * Far), (x - width - Far, y - 3 * Far), (centred, y - 6 * Far),
        ];
        return places.MinBy(place =>
        {
            var box = new Box(place.Left - 2, place.Bottom - high, place.Left + width + 2, place.Bottom + 1);
            int outside = box.Left < area.Left - 2 || box.Right > area.Right + 2 || box.Top < area.Top || box.Bottom > area.Bottom ? 10_000 : 0;
            return outside + frame.Taken.Count(p => box.Has(p.X, p.Y));
        });
    }
}
