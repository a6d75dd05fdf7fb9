namespace Candeia.Images;

/// <summary>A map of the plane that takes lines to lines: (x, y) → ((a x + b y + c) / (g x + h y + i), (d x + e y + f) / (g x + h y + i)).</summary>
internal readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G = 0, double H = 0, double I = 1)
{
    public static Homography Shift(double x, double y) => new(1, 0, x, 0, 1, y);

    /// <summary>First the right one, then the left one.</summary>
    public static Homography operator *(Homography l, Homography r) => new(
        l.A * r.A + l.B * r.D + l.C * r.G, l.A * r.B + l.B * r.E + l.C * r.H, l.A * r.C + l.B * r.F + l.C * r.I,
        l.D * r.A + l.E * r.D + l.F * r.G, l.D * r.B + l.E * r.E + l.F * r.H, l.D * r.C + l.E * r.F + l.F * r.I,
        l.G * r.A + l.H * r.D + l.I * r.G, l.G * r.B + l.H * r.E + l.I * r.H, l.G * r.C + l.H * r.F + l.I * r.I);

    /// <summary>The way back, up to a factor that does not matter.</summary>
    public Homography Inverse() => new(
        E * I - F * H, C * H - B * I, B * F - C * E,
        F * G - D * I, A * I - C * G, C * D - A * F,
        D * H - E * G, B * G - A * H, A * E - B * D);

    public (double X, double Y) Of(double x, double y)
    {
        double w = G * x + H * y + I;
        return ((A * x + B * y + C) / w, (D * x + E * y + F) / w);
    }

    /// <summary>Turned clockwise, made larger, sheared (x first), all about a middle, then moved.</summary>
    /// <param name="degrees">Clockwise.</param>
    /// <param name="scale">How much larger.</param>
    /// <param name="shearX">Degrees.</param>
    /// <param name="shearY">Degrees.</param>
    /// <param name="middle">What stays where it is.</param>
    /// <param name="move">Pixels to the right and down.</param>
    public static Homography Affine(double degrees, double scale, double shearX, double shearY, (double X, double Y) middle, (double X, double Y) move)
    {
        static double Radians(double d) => d * Math.PI / 180;
        double turn = Radians(degrees), x = Math.Tan(Radians(shearX)), y = Math.Tan(Radians(shearY));
        Homography rotation = new(Math.Cos(turn), -Math.Sin(turn), 0, Math.Sin(turn), Math.Cos(turn), 0);
        Homography down = new(1, 0, 0, -y, 1, 0), right = new(1, -x, 0, 0, 1, 0);
        var all = rotation * down * right;
        all = all with { A = all.A * scale, B = all.B * scale, D = all.D * scale, E = all.E * scale };
        return Shift(middle.X + move.X, middle.Y + move.Y) * all * Shift(-middle.X, -middle.Y);
    }

    /// <summary>The map that takes four points to four others.</summary>
    public static Homography Between(ReadOnlySpan<(double X, double Y)> from, ReadOnlySpan<(double X, double Y)> to) => OfSquare(to) * OfSquare(from).Inverse();

    /// <summary>The map that takes the corners of the unit square, clockwise from 0, 0, to four points (Heckbert 1989).</summary>
    static Homography OfSquare(ReadOnlySpan<(double X, double Y)> p)
    {
        double sx = p[0].X - p[1].X + p[2].X - p[3].X, sy = p[0].Y - p[1].Y + p[2].Y - p[3].Y;
        double dx1 = p[1].X - p[2].X, dx2 = p[3].X - p[2].X, dy1 = p[1].Y - p[2].Y, dy2 = p[3].Y - p[2].Y;
        double det = dx1 * dy2 - dx2 * dy1, g = (sx * dy2 - dx2 * sy) / det, h = (dx1 * sy - sx * dy1) / det;
        return new(p[1].X - p[0].X + g * p[1].X, p[3].X - p[0].X + h * p[3].X, p[0].X, p[1].Y - p[0].Y + g * p[1].Y, p[3].Y - p[0].Y + h * p[3].Y, p[0].Y, g, h);
    }
}
