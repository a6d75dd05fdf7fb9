namespace Candeia.Charts;

/// <summary>The surface between two lines, in a light colour.</summary>
internal sealed record BandMark(Band Band, Hue Hue) : Mark
{
    public override Key? Key => Band.Name == "" ? null : new(Band.Name, Hue, Area: true);

    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        var outline = new PathData();
        foreach (var run in Runs(frame))
        {
            foreach (var (i, (x, low, _)) in run.Index()) _ = i == 0 ? outline.Move(x, low) : outline.Line(x, low);
            for (int i = run.Count - 1; i >= 0; i--) outline.Line(run[i].X, run[i].High);
        }
        if (!outline.IsEmpty) canvas.Out.Write($"<path d='{outline.ToString()}' fill='{canvas.Colors[Hue]}' fill-opacity='0.2'/>");
    }

    public override void Draw(TextArea area, Frame frame)
    {
        foreach (var run in Runs(frame))
        {
            for (int i = 1; i < run.Count; i++)
            {
                area.Line((run[i - 1].X, run[i - 1].Low), (run[i].X, run[i].Low), Terminal.Of(Hue), every: 4);
                area.Line((run[i - 1].X, run[i - 1].High), (run[i].X, run[i].High), Terminal.Of(Hue), every: 4);
            }
        }
    }

    // The connected pieces in pixels.
    IEnumerable<List<(double X, double Low, double High)>> Runs(Frame frame)
    {
        List<(double, double, double)> run = [];
        for (int i = 0; i <= Band.X.Count; i++)
        {
            if (i < Band.X.Count && frame.X.Has(Band.X[i]) && frame.Y.Has(Band.Low[i]) && frame.Y.Has(Band.High[i]))
                run.Add((frame.AtX(Band.X[i]), frame.AtY(Band.Low[i]), frame.AtY(Band.High[i])));
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
    }
}
