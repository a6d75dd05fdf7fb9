namespace Candeia.Charts;

/// <summary>More points than can be told apart: squares of two pixels, the stronger the more points are in them.</summary>
internal static class Density
{
    const int Side = 2, Levels = 12;

    public static void Draw(SvgCanvas canvas, string color, IReadOnlyList<(double X, double Y)> points)
    {
        var counts = new Dictionary<(int Row, int Column), int>();
        foreach (var (x, y) in points)
        {
            var cell = ((int)Math.Floor(y / Side), (int)Math.Floor(x / Side));
            counts[cell] = counts.GetValueOrDefault(cell) + 1;
        }
        double most = Math.Log(1 + counts.Values.Max());
        var paths = new PathData[Levels];
        for (int i = 0; i < Levels; i++) paths[i] = new PathData();
        foreach (var ((row, column), count) in counts.OrderBy(c => c.Key))
            paths[(int)Math.Ceiling(Math.Log(1 + count) / most * Levels) - 1].Dash(column * Side, row * Side + Side / 2.0, Side);
        canvas.Out.Write($"<g fill='none' stroke='{color}' stroke-width='{Side}' shape-rendering='crispEdges'>");
        foreach (var (level, path) in paths.Index())
            if (!path.IsEmpty) canvas.Out.Write($"<path stroke-opacity='{(level + 1.0) / Levels}' d='{path.ToString()}'/>");
        canvas.Out.Write($"</g>");
    }
}
