namespace Candeia.Charts;

/// <summary>Dots on rows, row 0 at 0, with a stroke at their mean and a text behind.</summary>
internal sealed record RowsMark(IReadOnlyList<DotRow> Rows) : Mark
{
    const double Stroke = 9;

    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        foreach (var (i, row) in Rows.Index())
        {
            double y = frame.AtY(i);
            string color = canvas.Colors[row.Hue];
            canvas.Line(frame.Area.Left, y, frame.Area.Right, y, canvas.Colors.Grid);
            foreach (double value in Shown(row, frame))
            {
                canvas.Out.Write($"<circle cx='{frame.AtX(value)}' cy='{y}' r='4.5' fill='{color}' fill-opacity='0.55'>");
                canvas.Out.Write($"<title>{row.Name}: {Numbers.Significant(value)}</title></circle>");
            }
            if (frame.X.Shows(row.Mean)) canvas.Line(frame.AtX(row.Mean), y - Stroke, frame.AtX(row.Mean), y + Stroke, canvas.Colors.Ink, 2);
            canvas.Text(frame.Area.Right + 8, y + 4, row.Label, canvas.Colors.Ink);
        }
    }

    public override int RoomInText => 1 + Rows.Select(r => Terminal.WidthOf(r.Label)).DefaultIfEmpty(0).Max();

    public override void Draw(TextArea area, Frame frame)
    {
        foreach (var (i, row) in Rows.Index())
        {
            area.Put(0, i, new string('┄', area.Columns), Terminal.Quiet);
            foreach (double value in Shown(row, frame)) area.Put(Column(value), i, "•", Terminal.Of(row.Hue));
            if (frame.X.Shows(row.Mean)) area.Put(Column(row.Mean), i, "┃", Terminal.Bold);
            area.Put(area.Columns + 1, i, row.Label, null);
        }

        int Column(double value) => Math.Min(area.Columns - 1, (int)(frame.X.At(value) * area.Columns));
    }

    static IEnumerable<double> Shown(DotRow row, Frame frame) => row.Values.Where(frame.X.Shows);
}
