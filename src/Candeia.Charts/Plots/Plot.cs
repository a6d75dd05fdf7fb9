namespace Candeia.Charts;

/// <summary>Two axes and the marks between them.</summary>
internal sealed class Plot(Scale x, Scale y, IReadOnlyList<Mark> marks) : Picture
{
    const double Gap = 8, LineHeight = 16;

    public Scale X => x;
    public Scale Y => y;
    public IReadOnlyList<Mark> Marks => marks;

    /// <summary>Whether a unit has the same length on both axes.</summary>
    public bool Square { get; init; }

    /// <summary>Whether lines behind the data go through the ticks of the vertical axis.</summary>
    public bool Rows { get; init; } = true;

    /// <summary>Whether lines behind the data go through the ticks of the horizontal axis.</summary>
    public bool Columns { get; init; }

    /// <summary>Whether the horizontal axis has ticks.</summary>
    public bool TicksX { get; init; } = true;

    /// <summary>Whether marks can lie beyond the ends of the horizontal axis.</summary>
    public bool ClipX { get; init; }

    /// <summary>Whether marks can lie beyond the ends of the vertical axis.</summary>
    public bool ClipY { get; init; }

    /// <summary>Pixels to leave free at the right, for labels of marks.</summary>
    public double RoomRight { get; init; } = 14;

    /// <summary>A height that does not follow from the width.</summary>
    public double? Tall { get; init; }

    /// <summary>The marks that have names.</summary>
    public Key[] Keys => [.. marks.Select(m => m.Key).OfType<Key>()];

    public override double Widest => Square ? 560 : double.PositiveInfinity;

    public override double HeightFor(double width) =>
        Tall is { } tall ? tall + Above + Below
        : Square ? Math.Min(width - 60, 460) * Math.Clamp(Units(y) / Units(x), 0.2, 2) + Above + Below
        : Math.Clamp(width * 0.52, 220, 420) + (NeedsLegend(width) ? Legend.Height(Keys, width) : 0);

    double Above => y.Caption == "" ? 6 : LineHeight + 12;
    double Below => (TicksX ? 20 : 4) + (x.Caption == "" ? 0 : LineHeight + 2);

    public override void Draw(SvgCanvas canvas, Box box)
    {
        var (frame, labels) = Layout(box);
        if (labels is null) Legend.Draw(canvas, Keys, box);
        Axes(canvas, frame, box);
        if (marks.Any(m => m is CalloutMark)) frame = frame with { Taken = [.. marks.SelectMany(m => m.Trace(frame))] };
        Data(canvas, frame);
        if (labels is not null) EndLabels.Draw(canvas, labels, frame);
    }

    public override int RowsFor(int rows) => y.Names is not { } names ? rows
        : names.Count + (y.Caption == "" ? 0 : 1) + (x.Caption == "" ? 0 : 1) + (TicksX ? 1 : 0);

    public override void Draw(TextGrid grid, int top) => TextPlot.Draw(this, grid, top);

    // Names stand where the lines end if there is room, otherwise in a legend above.
    (Frame, IReadOnlyList<EndLabel>?) Layout(Box box)
    {
        var keys = Keys;
        if (keys.Length == 0) return (Inner(box, 0, RoomRight), []);
        if (!NeedsLegend(box.Width))
        {
            var frame = Inner(box, 0, WidestName + 12);
            if (EndLabels.Place(keys, frame) is { } labels) return (frame, labels);
        }
        return (Inner(box, Legend.Height(keys, box.Width), RoomRight), null);
    }

    double WidestName => Keys.Select(k => TextWidth.Of(k.Name, SvgCanvas.FontSize, bold: true)).DefaultIfEmpty(0).Max();

    bool NeedsLegend(double width) => Keys.Any(k => k.End is null) || WidestName > 0.25 * width;

    Frame Inner(Box box, double legend, double right)
    {
        double top = box.Top + legend + Above, bottom = Math.Max(top + 20, box.Bottom - Below - SlantedHeight(box.Width));
        double widest = TicksY(bottom - top).Select(t => TextWidth.Of(t.Label, SvgCanvas.FontSize)).DefaultIfEmpty(0).Max();
        double left = box.Left + (widest == 0 ? 0 : Math.Min(widest, 0.4 * box.Width) + Gap);
        var area = new Box(left, top, Math.Max(left + 20, box.Right - right), bottom);
        if (!Square) return new Frame(x, y, area);
        double unitX = area.Width / Units(x), unitY = area.Height / Units(y), unit = Math.Min(unitX, unitY);
        return new Frame(x, y, new Box(left, top, left + unit * Units(x), top + unit * Units(y)));
    }

    static double Units(Scale scale) => Math.Abs(scale.Log ? Math.Log10(scale.To / scale.From) : scale.To - scale.From);

    IReadOnlyList<Tick> TicksY(double height) => y.Ticks((int)Math.Clamp(height / 46, 2, 10));

    // A square of one scale has one set of ticks.
    IReadOnlyList<Tick> TicksAlong(double width) => Square && (x.From, x.To, x.Log) == (y.From, y.To, y.Log) ? TicksY(width)
        : x.TicksWithin(width, (int)Math.Clamp(width / 32, 2, 12), label => TextWidth.Of(label, SvgCanvas.FontSize) + 20);

    double SlantedHeight(double width)
    {
        if (x.Names is not { Count: > 0 } names || !TicksX) return 0;
        double widest = names.Max(n => TextWidth.Of(n, SvgCanvas.FontSize));
        return widest + 6 <= 0.85 * width / names.Count ? 0 : Math.Min(widest, 120) * 0.7;
    }

    void Axes(SvgCanvas canvas, Frame frame, Box box)
    {
        var (area, colors) = (frame.Area, canvas.Colors);
        canvas.Text(box.Left, area.Top - 14, y.Caption, colors.Quiet);
        if (x.Caption != "") canvas.Text(area.Right, area.Bottom + Below + SlantedHeight(box.Width) - 4, x.Caption, colors.Quiet, "end");
        if (Rows && y.Log) foreach (double v in LogTicks.Minor(y.From, y.To)) Row(canvas, frame, v, 0.45);
        foreach (var tick in TicksY(area.Height))
        {
            if (Rows) Row(canvas, frame, tick.Value, 1);
            string label = TextWidth.Cut(tick.Label, SvgCanvas.FontSize, 0.4 * box.Width);
            canvas.Text(area.Left - Gap, frame.AtY(tick.Value) + 4, label, y.Names is null ? colors.Quiet : colors.Ink, "end");
        }
        if (TicksX) BelowAxis(canvas, frame, box, SlantedHeight(box.Width) > 0);
        if (Rows && TicksX) canvas.Line(area.Left, area.Bottom, area.Right, area.Bottom, colors.Axis);
    }

    void BelowAxis(SvgCanvas canvas, Frame frame, Box box, bool slanted)
    {
        var (area, colors) = (frame.Area, canvas.Colors);
        foreach (var tick in TicksAlong(area.Width))
        {
            double at = frame.AtX(tick.Value);
            if (Columns) canvas.Line(at, area.Top, at, area.Bottom, colors.Grid);
            if (x.Names is null) canvas.Line(at, area.Bottom, at, area.Bottom + 4, colors.Axis);
            if (slanted)
            {
                string label = TextWidth.Cut(tick.Label, SvgCanvas.FontSize, 120);
                canvas.Out.Write($"<text transform='translate({at + 4} {area.Bottom + 14}) rotate(-45)' text-anchor='end' ");
                canvas.Out.Write($"fill='{colors.Ink}'>{label}</text>");
            }
            else
            {
                double half = TextWidth.Of(tick.Label, SvgCanvas.FontSize) / 2;              // the last one stays on the sheet
                canvas.Text(Math.Max(Math.Min(at, box.Right - half), Math.Min(at, area.Left)), area.Bottom + 18, tick.Label, x.Names is null ? colors.Quiet : colors.Ink, "middle");
            }
        }
    }

    static void Row(SvgCanvas canvas, Frame frame, double value, double width) =>
        canvas.Line(frame.Area.Left, frame.AtY(value), frame.Area.Right, frame.AtY(value), canvas.Colors.Grid, width);

    void Data(SvgCanvas canvas, Frame frame)
    {
        // An inner svg clips without an id, so that several drawings can share a page.
        var a = frame.Area;
        if (ClipX || ClipY)
            canvas.Out.Write($"<svg x='{a.Left}' y='{a.Top}' width='{a.Width}' height='{a.Height}' viewBox='{a.Left} {a.Top} {a.Width} {a.Height}'>");
        foreach (var mark in marks) mark.Draw(canvas, frame);
        if (ClipX || ClipY) canvas.Out.Write($"</svg>");
    }
}
