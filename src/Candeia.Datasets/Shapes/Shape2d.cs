namespace Candeia.Datasets;

/// <summary>A shape somewhere in a picture, turned and of some size.</summary>
/// <param name="Label">Which shape: the place of its name in <see cref="DrawnShapes.Classes"/>.</param>
/// <param name="X">The column of its middle.</param>
/// <param name="Y">The row of its middle.</param>
/// <param name="Radius">How far it reaches, in pixels.</param>
/// <param name="Turn">Radians.</param>
internal sealed record Shape2d(int Label, double X, double Y, double Radius, double Turn)
{
    const int Samples = 3;
    readonly (double Sin, double Cos) _turned = Math.SinCos(Turn);

    public static Shape2d Draw(int label, int size, Generator random)
    {
        double radius = size * (0.18 + 0.2 * random.NextDouble());
        double Place() => radius + (size - 2 * radius) * random.NextDouble();
        return new(label, Place(), Place(), radius, 2 * Math.PI * random.NextDouble());
    }

    /// <summary>How much of the pixel about a place the shape covers.</summary>
    public double Covered(double x, double y)
    {
        if (Math.Abs(x - X) > Radius + 1 || Math.Abs(y - Y) > Radius + 1) return 0;
        int inside = 0;
        for (int i = 0; i < Samples * Samples; i++)
            if (Holds(x + (i % Samples + 0.5) / Samples - 0.5, y + (i / Samples + 0.5) / Samples - 0.5)) inside++;
        return inside / (double)(Samples * Samples);
    }

    bool Holds(double x, double y)
    {
        double dx = (x - X) / Radius, dy = (y - Y) / Radius, far = Math.Sqrt(dx * dx + dy * dy);
        if (far > 1) return false;                                              // no shape reaches farther
        double u = dx * _turned.Cos + dy * _turned.Sin, v = dy * _turned.Cos - dx * _turned.Sin;
        return DrawnShapes.Classes[Label] switch
        {
            "circle" => far <= 0.9,
            "ring" => far is <= 0.95 and >= 0.6,
            "square" => Math.Max(Math.Abs(u), Math.Abs(v)) <= 0.7,
            "cross" => far <= 1 && Math.Min(Math.Abs(u), Math.Abs(v)) <= 0.22,
            "triangle" => InPolygon(u, v, far, corners: 3, inner: 0.5),
            _ => InPolygon(u, v, far, corners: 5, inner: 0.4),
        };
    }

    /// <summary>Between corners at distance 1 the border goes straight to the middle between them, at the inner distance.</summary>
    static bool InPolygon(double u, double v, double far, int corners, double inner)
    {
        double step = Math.PI / corners, angle = Math.Atan2(v, u);
        double off = Math.Abs(angle - 2 * step * Math.Round(angle / (2 * step)));              // from the nearest corner, at most one step
        // The line from (1, 0) to inner · (cos step, sin step), met at this angle.
        double ex = inner * Math.Cos(step) - 1, ey = inner * Math.Sin(step);
        return far <= ey / (ey * Math.Cos(off) - ex * Math.Sin(off));
    }
}
