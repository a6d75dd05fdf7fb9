namespace Candeia.Charts;

/// <summary>A line through the points of a series, broken where a point has no place.</summary>
internal sealed record LineMark(Series Series, Hue Hue) : Mark
{
    public bool Markers { get; init; }

    /// <summary>What x counts, for the texts under the pointer.</summary>
    public string XName { get; init; } = "";

    public override Key? Key => Series.Name == "" ? null : new(Series.Name, Hue, Series.Dashed, End: End);

    (double, double)? End
    {
        get
        {
            for (int i = Series.Y.Count - 1; i >= 0; i--)
                if (Scale.Drawable(Series.X[i]) && Scale.Drawable(Series.Y[i])) return (Series.X[i], Series.Y[i]);
            return null;
        }
    }

    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        PathData line = new(), dots = new();
        foreach (var run in Runs(frame))
        {
            if (run.Count == 1 && !Markers) dots.Dot(run[0].X, run[0].Y);
            foreach (var (i, (x, y)) in run.Index())
            {
                if (run.Count > 1) _ = i == 0 ? line.Move(x, y) : line.Line(x, y);
                if (Markers) dots.Dot(x, y);
            }
        }
        string color = canvas.Colors[Hue];
        if (!line.IsEmpty)
        {
            canvas.Out.Write($"<path d='{line.ToString()}' fill='none' stroke='{color}' stroke-width='2'");
            canvas.Out.Write($" stroke-linejoin='round' stroke-linecap='round'");
            if (Series.Dashed) canvas.Out.Write($" stroke-dasharray='1 5'");
            canvas.Out.Write($"/>");
        }
        if (!dots.IsEmpty) canvas.Out.Write($"<path d='{dots.ToString()}' fill='none' stroke='{color}' stroke-width='6' stroke-linecap='round'/>");
        Hints(canvas, frame);
    }

    public override void Draw(TextArea area, Frame frame)
    {
        string style = Terminal.Of(Hue);
        foreach (var run in Runs(frame))
        {
            if (run.Count == 1) area.Put((int)Math.Round(run[0].X) / 2, (int)Math.Round(run[0].Y) / 4, "•", style);
            for (int i = 1; i < run.Count; i++)
                area.Line(run[i - 1], run[i], style, Series.Dashed ? 3 : 1);
        }
    }

    public override IEnumerable<(double X, double Y)> Trace(Frame frame)
    {
        foreach (var run in Runs(frame))
        {
            for (int i = 0; i < run.Count; i++)
            {
                var (a, b) = (run[Math.Max(0, i - 1)], run[i]);
                int steps = 1 + (int)Math.Min(100, Math.Max(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y)) / 4);
                for (int s = 1; s <= steps; s++) yield return (a.X + (b.X - a.X) * s / steps, a.Y + (b.Y - a.Y) * s / steps);
            }
        }
    }

    // Text under the pointer, where the points are few enough to aim at.
    void Hints(SvgCanvas canvas, Frame frame)
    {
        if (Series.Y.Count > 60) return;
        for (int i = 0; i < Series.Y.Count; i++)
        {
            var (x, y) = (Series.X[i], Series.Y[i]);
            if (!frame.X.Shows(x) || !frame.Y.Shows(y)) continue;
            string where = $"{XName} {Numbers.Significant(x)}".Trim(), what = Series.Name == "" ? where : $"{Series.Name}, {where}";
            canvas.Out.Write($"<circle cx='{frame.AtX(x)}' cy='{frame.AtY(y)}' r='7' fill='none' pointer-events='all'>");
            canvas.Out.Write($"<title>{what}: {Numbers.Significant(y)}</title></circle>");
        }
    }

    // The connected pieces in pixels; where points are denser than pixels, the first, lowest, highest and last of each column.
    IEnumerable<List<(double X, double Y)>> Runs(Frame frame)
    {
        List<(double X, double Y)> run = [];
        for (int i = 0; i <= Series.Y.Count; i++)
        {
            if (i < Series.Y.Count && frame.X.Has(Series.X[i]) && frame.Y.Has(Series.Y[i])) run.Add((frame.AtX(Series.X[i]), frame.AtY(Series.Y[i])));
            else if (run.Count > 0)
            {
                yield return Markers || run.Count < 4 * frame.Area.Width ? run : Thinned(run);
                run = [];
            }
        }
    }

    static List<(double X, double Y)> Thinned(List<(double X, double Y)> run)
    {
        for (int i = 1; i < run.Count; i++)
            if (run[i].X < run[i - 1].X) return run;
        List<(double X, double Y)> thin = [];
        for (int start = 0, end; start < run.Count; start = end)
        {
            for (end = start + 1; end < run.Count && Math.Floor(run[end].X) == Math.Floor(run[start].X); end++) { }
            int low = start, high = start;
            for (int i = start; i < end; i++)
            {
                if (run[i].Y < run[low].Y) low = i;
                if (run[i].Y > run[high].Y) high = i;
            }
            thin.AddRange(new SortedSet<int> { start, low, high, end - 1 }.Select(i => run[i]));
        }
        return thin;
    }
}
