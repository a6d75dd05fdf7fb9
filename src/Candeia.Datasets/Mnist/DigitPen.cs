namespace Candeia.Datasets;

/// <summary>
/// Draws a digit as a hand would: another way, slant, width and pen each time, no stroke quite where it was meant; then sized and centred as MNIST's
/// pictures are, in a box of 20 pixels around the centre of mass. Made only of operations that are exact everywhere.
/// </summary>
internal static class DigitPen
{
    public const int Size = 28;
    const int PiecesPerSpan = 8;
    const double Box = 20, Tremor = 0.028, Edge = 1.3;

    /// <summary>A picture of <paramref name="digit"/>, row by row: background 0, ink up to 255.</summary>
    public static byte[] Draw(int digit, Generator random)
    {
        var ways = DigitStrokes.Ways[digit];
        var strokes = Written(ways[random.NextInt(ways.Count)], random);
        double radius = Math.Clamp(1.15 + 0.3 * random.NextNormal(), 0.75, 1.9);
        var lines = strokes.Select(Curve).ToArray();
        Place(lines, radius, 0.92 + 0.08 * random.NextDouble());
        double pressure = 0.15 * random.NextNormal();
        var ink = new double[Size * Size];
        foreach (var line in lines)
        {
            for (int i = 1; i < line.Length; i++)
            {
                double along = (double)i / line.Length - 0.5;
                Stroke(ink, line[i - 1], line[i], Math.Max(0.6, radius * (1 + pressure * along)));
            }
        }
        return [.. ink.Select(v => (byte)(255 * v + 0.5))];
    }

    // Points that strokes share stay shared.
    static Dot[][] Written(Dot[][] way, Generator random)
    {
        double slant = 0.12 + 0.16 * random.NextNormal(), turn = Math.Clamp(0.09 * random.NextNormal(), -0.3, 0.3);
        double width = Math.Clamp(0.78 + 0.13 * random.NextNormal(), 0.45, 1.15), straight = Math.Sqrt(1 - turn * turn);
        Dictionary<Dot, Dot> moved = [];
        Dot Move(Dot point)
        {
            if (moved.TryGetValue(point, out var there)) return there;
            double x = point.X - 0.5 + Tremor * random.NextNormal(), y = point.Y - 0.5 + Tremor * random.NextNormal();
            x = width * x - slant * y;
            return moved[point] = new(straight * x - turn * y, turn * x + straight * y);
        }
        return [.. way.Select(stroke => stroke.Select(Move).ToArray())];
    }

    // Catmull and Rom's curve through the points.
    static Dot[] Curve(Dot[] points)
    {
        var line = new List<Dot> { points[0] };
        for (int i = 0; i + 1 < points.Length; i++)
        {
            Dot a = points[Math.Max(0, i - 1)], b = points[i], c = points[i + 1], d = points[Math.Min(points.Length - 1, i + 2)];
            for (int k = 1; k <= PiecesPerSpan; k++)
            {
                double t = (double)k / PiecesPerSpan;
                line.Add(new(Between(a.X, b.X, c.X, d.X, t), Between(a.Y, b.Y, c.Y, d.Y, t)));
            }
        }
        return [.. line];
    }

    static double Between(double a, double b, double c, double d, double t) =>
        0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));

    static void Place(Dot[][] lines, double radius, double share)
    {
        var all = lines.SelectMany(line => line).ToArray();
        double width = all.Max(p => p.X) - all.Min(p => p.X), height = all.Max(p => p.Y) - all.Min(p => p.Y);
        double scale = (Box * share - 2 * radius) / Math.Max(width, height);
        double mass = 0, x = 0, y = 0;
        foreach (var line in lines)
        {
            for (int i = 1; i < line.Length; i++)
            {
                Dot p = line[i - 1], q = line[i];
                double length = Math.Sqrt((q.X - p.X) * (q.X - p.X) + (q.Y - p.Y) * (q.Y - p.Y));
                (mass, x, y) = (mass + length, x + length * (p.X + q.X) / 2, y + length * (p.Y + q.Y) / 2);
            }
        }
        const double centre = (Size - 1) / 2.0;
        foreach (var line in lines)
            for (int i = 0; i < line.Length; i++) line[i] = new(centre + scale * (line[i].X - x / mass), centre + scale * (line[i].Y - y / mass));
    }

    // The ink of a pixel falls off over the width of an edge, by its distance from the stroke's middle.
    static void Stroke(double[] ink, Dot p, Dot q, double radius)
    {
        double reach = radius + Edge, dx = q.X - p.X, dy = q.Y - p.Y, length = dx * dx + dy * dy;
        int left = First(Math.Min(p.X, q.X) - reach), right = Last(Math.Max(p.X, q.X) + reach);
        int top = First(Math.Min(p.Y, q.Y) - reach), bottom = Last(Math.Max(p.Y, q.Y) + reach);
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                double t = length > 0 ? Math.Clamp(((column - p.X) * dx + (row - p.Y) * dy) / length, 0, 1) : 0;
                double x = column - p.X - t * dx, y = row - p.Y - t * dy;
                double value = Math.Clamp((radius - Math.Sqrt(x * x + y * y)) / Edge + 0.5, 0, 1);
                ref double there = ref ink[row * Size + column];
                there = Math.Max(there, value);
            }
        }
    }

    static int First(double at) => Math.Max(0, (int)Math.Floor(at));

    static int Last(double at) => Math.Min(Size - 1, (int)Math.Ceiling(at));
}
