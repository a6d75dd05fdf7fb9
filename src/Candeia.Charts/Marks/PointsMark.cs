namespace Candeia.Charts;

/// <summary>
/// Translucent dots in a few layers, each one path: dots of different layers add up where they overlap, and the file stays small.
/// Beyond 20 000, their density.
/// </summary>
internal sealed record PointsMark(Series Series, Hue Hue) : Mark
{
    const int MostDots = 20_000;

    public double Radius { get; init; } = 3;
    public double Opacity { get; init; } = 0.8;

    public override Key? Key => Series.Name == "" ? null : new(Series.Name, Hue, Dot: true);

    /// <summary>Radius that suits so many points: 4 pixels for 50, 1.6 for 5000.</summary>
    public static double RadiusFor(int count) => Math.Clamp(9 / Math.Pow(Math.Max(1, count), 0.2), 1.4, 4);

    /// <summary>Opacity that suits so many points: 0.85 for 50, 0.3 for 5000.</summary>
    public static double OpacityFor(int count) => Math.Clamp(2.9 * Math.Pow(Math.Max(1, count), -0.27), 0.08, 0.85);

    public override void Draw(SvgCanvas canvas, Frame frame)
    {
        var points = Trace(frame).ToArray();
        if (points.Length > MostDots) Density.Draw(canvas, canvas.Colors[Hue], points);
        else if (points.Length > 0) Dots(canvas, points);
    }

    void Dots(SvgCanvas canvas, (double X, double Y)[] points)
    {
        var layers = new PathData[(int)Math.Clamp(Math.Round(3 / Opacity), 1, 24)];
        for (int i = 0; i < layers.Length; i++) layers[i] = new PathData(decimals: points.Length > 500 ? 1 : 2);
        foreach (var (i, (x, y)) in points.Index()) layers[i % layers.Length].Dot(x, y);
        canvas.Out.Write($"<g fill='none' stroke='{canvas.Colors[Hue]}' stroke-width='{2 * Radius}'");
        canvas.Out.Write($" stroke-linecap='round' stroke-opacity='{Opacity}'>");
        foreach (var layer in layers)
            if (!layer.IsEmpty) canvas.Out.Write($"<path d='{layer.ToString()}'/>");
        canvas.Out.Write($"</g>");
    }

    public override void Draw(TextArea area, Frame frame)
    {
        foreach (var (x, y) in Trace(frame)) area.Dot(x, y, Terminal.Of(Hue));
    }

    public override IEnumerable<(double X, double Y)> Trace(Frame frame)
    {
        for (int i = 0; i < Series.Y.Count; i++)
            if (frame.X.Shows(Series.X[i]) && frame.Y.Shows(Series.Y[i])) yield return (frame.AtX(Series.X[i]), frame.AtY(Series.Y[i]));
    }
}
