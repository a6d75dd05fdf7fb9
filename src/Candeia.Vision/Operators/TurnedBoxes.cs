namespace Candeia.Vision;

/// <summary>
/// Boxes that do not stand upright, as ships and cars seen from above: [n, 5], left, top, right and bottom of the box before it is turned about its middle, and by how many degrees,
/// counter-clockwise.
/// </summary>
public static class TurnedBoxes
{
    /// <summary>Boxes turned about their middles.</summary>
    /// <param name="boxes">Upright ones [n, 4], or turned ones [n, 5], which are turned further.</param>
    /// <param name="degrees">How far, counter-clockwise.</param>
    /// <returns>[n, 5].</returns>
    /// <exception cref="ShapeException">They are no boxes.</exception>
    /// <example><code>
    /// var turned = TurnedBoxes.Of(Tensor.From([0f, 0, 4, 2], [1, 4]), 30);
    /// Console.WriteLine(string.Join(' ', TurnedBoxes.Of(turned, 15).ToArray&lt;float&gt;()));       // → 0 0 4 2 45
    /// </code></example>
    public static Tensor Of(Tensor boxes, double degrees)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return Of(boxes, Tensor.Full([boxes.Rank > 0 ? boxes.Shape[0] : 0], degrees, boxes.DType, boxes.Device));
    }

    /// <summary>Boxes turned about their middles, each as far as is said.</summary>
    /// <param name="boxes">Upright ones [n, 4], or turned ones [n, 5], which are turned further.</param>
    /// <param name="degrees">[n]: how far each, counter-clockwise.</param>
    /// <returns>[n, 5].</returns>
    /// <exception cref="ShapeException">They are no boxes, or there are not as many angles.</exception>
    /// <example><code>
    /// var two = TurnedBoxes.Of(Tensor.From([0f, 0, 4, 2, 1, 1, 2, 2], [2, 4]), Tensor.From([30f, -10]));
    /// Console.WriteLine(string.Join(' ', two[.., 4].ToArray&lt;float&gt;()));           // → 30 -10
    /// </code></example>
    public static Tensor Of(Tensor boxes, Tensor degrees)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(degrees);
        if (boxes.Rank != 2 || boxes.Shape[1] is not (4 or 5)) throw new ShapeException($"Boxes are numbers [n, 4], or turned [n, 5], not {boxes.Shape}.");
        if (degrees.Shape != [boxes.Shape[0]]) throw new ShapeException($"{boxes.Shape[0]} boxes have as many angles, [{boxes.Shape[0]}], not {degrees.Shape}.");
        Tensor angles = degrees.To(boxes.DType).Unsqueeze(1);
        return Tensor.Cat([boxes[.., ..4], boxes.Shape[1] == 5 ? boxes[.., 4..] + angles : angles], 1);
    }

    /// <summary>Where the corners of turned boxes are: those that were upper left, upper right, lower right and lower left before they were turned.</summary>
    /// <param name="turned">[n, 5].</param>
    /// <returns>[n, 4, 2]: column and row of each; as key points, joined in a ring, they draw the boxes.</returns>
    /// <exception cref="ShapeException">They are no turned boxes.</exception>
    /// <example><code>
    /// var upright = TurnedBoxes.Of(Tensor.From([0f, 0, 4, 2], [1, 4]), 90);
    /// Console.WriteLine(string.Join(' ', TurnedBoxes.Corners(upright).ToArray&lt;float&gt;().Select(v => MathF.Round(v))));     // → 1 3 1 -1 3 -1 3 3
    /// </code></example>
    public static Tensor Corners(Tensor turned)
    {
        Check(turned);
        Tensor middles = (turned[.., ..2] + turned[.., 2..4]) / 2, half = (turned[.., 2..4] - turned[.., ..2]) / 2, angle = turned[.., 4] * (Math.PI / 180);
        Tensor cos = angle.Cos(), sin = angle.Sin();
        return Tensor.Stack([At(-1, -1), At(1, -1), At(1, 1), At(-1, 1)], 1);

        Tensor At(int right, int down)
        {
            Tensor x = half[.., 0] * right, y = half[.., 1] * down;
            return middles + Tensor.Stack([x * cos + y * sin, y * cos - x * sin], 1);
        }
    }

    /// <summary>How far turned boxes cover each other: their common area over that of both together.</summary>
    /// <param name="a">[n, 5].</param>
    /// <param name="b">[m, 5].</param>
    /// <returns>[n, m]: of each with each; it has no gradient.</returns>
    /// <exception cref="ShapeException">They are no turned boxes.</exception>
    /// <example><code>
    /// Tensor square = Tensor.From([0f, 0, 2, 2, 0], [1, 5]), onItsTip = TurnedBoxes.Of(square, 45);
    /// Console.WriteLine($"{TurnedBoxes.Iou(square, onItsTip).Item():0.000}");      // → 0.707
    /// </code></example>
    public static Tensor Iou(Tensor a, Tensor b)
    {
        (double X, double Y)[][] first = Outlines(a), second = Outlines(b);
        double[] result = new double[first.Length * second.Length];
        for (int i = 0; i < first.Length; i++)
            for (int j = 0; j < second.Length; j++)
            {
                double common = Area(Common(first[i], second[j])), all = Area(first[i]) + Area(second[j]) - common;
                result[i * second.Length + j] = common / all;
            }
        return Tensor.From(result, [first.Length, second.Length]).To(a.DType).To(a.Device);
    }

    static (double X, double Y)[][] Outlines(Tensor turned)
    {
        Check(turned);
        using var off = Autograd.NoGrad();
        return [.. Corners(turned.Detach().To(DType.Float64)).ToArray<double>().Chunk(8).Select(c => c.Chunk(2).Select(p => (p[0], p[1])).ToArray())];
    }

    /// <summary>What two convex outlines have in common: the first, cut along each side of the second.</summary>
    static List<(double X, double Y)> Common(IReadOnlyList<(double X, double Y)> outline, (double X, double Y)[] sides)
    {
        List<(double X, double Y)> left = [.. outline];
        for (int k = 0; k < sides.Length && left.Count > 0; k++)
        {
            var (from, to) = (sides[k], sides[(k + 1) % sides.Length]);
            double Inside((double X, double Y) p) => (to.X - from.X) * (p.Y - from.Y) - (to.Y - from.Y) * (p.X - from.X);
            List<(double X, double Y)> kept = [];
            for (int i = 0; i < left.Count; i++)
            {
                var (p, q) = (left[i], left[(i + 1) % left.Count]);
                double here = Inside(p), there = Inside(q);
                if (here >= 0) kept.Add(p);
                if (here > 0 && there < 0 || here < 0 && there > 0) kept.Add((p.X + here / (here - there) * (q.X - p.X), p.Y + here / (here - there) * (q.Y - p.Y)));
            }
            left = kept;
        }
        return left;
    }

    static double Area(IReadOnlyList<(double X, double Y)> outline)
    {
        double twice = 0;
        for (int i = 0; i < outline.Count; i++)
        {
            var (p, q) = (outline[i], outline[(i + 1) % outline.Count]);
            twice += p.X * q.Y - p.Y * q.X;
        }
        return Math.Abs(twice) / 2;
    }

    static void Check(Tensor turned)
    {
        ArgumentNullException.ThrowIfNull(turned);
        if (turned.Rank != 2 || turned.Shape[1] != 5) throw new ShapeException($"Turned boxes are numbers [n, 5], not {turned.Shape}; TurnedBoxes.Of turns upright ones.");
    }
}
