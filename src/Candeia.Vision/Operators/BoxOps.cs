namespace Candeia.Vision;

/// <summary>What detection computes with boxes [n, 4]: left, top, right, bottom, in pixels.</summary>
public static class BoxOps
{
    /// <summary>The area of each box.</summary>
    /// <param name="boxes">[n, 4].</param>
    /// <returns>[n].</returns>
    /// <exception cref="ShapeException">They are no boxes.</exception>
    /// <example><code>Console.WriteLine(BoxOps.Area(Tensor.From([0f, 0, 2, 3], [1, 4])).Item());      // → 6</code></example>
    public static Tensor Area(Tensor boxes)
    {
        Check(boxes);
        return (boxes[.., 2] - boxes[.., 0]) * (boxes[.., 3] - boxes[.., 1]);
    }

    /// <summary>How far two boxes cover each other: their common area over that of both together.</summary>
    /// <param name="a">[n, 4].</param>
    /// <param name="b">[m, 4].</param>
    /// <returns>[n, m]: of each with each.</returns>
    /// <exception cref="ShapeException">They are no boxes.</exception>
    /// <example><code>
    /// Tensor a = Tensor.From([0f, 0, 2, 2], [1, 4]), b = Tensor.From([1f, 0, 3, 2], [1, 4]);
    /// Console.WriteLine($"{BoxOps.Iou(a, b).Item():0.00}");                // → 0.33
    /// </code></example>
    public static Tensor Iou(Tensor a, Tensor b)
    {
        var (common, all) = Overlap(a, b);
        return common / all;
    }

    /// <summary>The same less the part of the smallest box around both that neither covers: it says how far boxes are apart that do not meet (Rezatofighi et al. 2019).</summary>
    /// <param name="a">[n, 4].</param>
    /// <param name="b">[m, 4].</param>
    /// <returns>[n, m]: of each with each, −1 to 1.</returns>
    /// <exception cref="ShapeException">They are no boxes.</exception>
    /// <example><code>
    /// Tensor a = Tensor.From([0f, 0, 1, 1], [1, 4]), b = Tensor.From([3f, 0, 4, 1], [1, 4]);
    /// Console.WriteLine(BoxOps.GeneralizedIou(a, b).Item());               // → -0.5
    /// </code></example>
    public static Tensor GeneralizedIou(Tensor a, Tensor b)
    {
        var (common, all) = Overlap(a, b);
        Tensor from = Corner(a, 0).Unsqueeze(1).Minimum(Corner(b, 0).Unsqueeze(0)), to = Corner(a, 2).Unsqueeze(1).Maximum(Corner(b, 2).Unsqueeze(0));
        var around = (to - from).Prod(2);
        return common / all - (around - all) / around;
    }

    /// <summary>The overlap less how far the middles are apart, as a part of the diagonal of the smallest box around both, squared (Zheng et al. 2019).</summary>
    /// <param name="a">[n, 4].</param>
    /// <param name="b">[m, 4].</param>
    /// <returns>[n, m]: of each with each, −1 to 1.</returns>
    /// <exception cref="ShapeException">They are no boxes.</exception>
    /// <example><code>
    /// Tensor a = Tensor.From([0f, 0, 1, 1], [1, 4]), b = Tensor.From([3f, 0, 4, 1], [1, 4]);
    /// Console.WriteLine($"{BoxOps.DistanceIou(a, b).Item():0.000}");       // → -0.529
    /// </code></example>
    public static Tensor DistanceIou(Tensor a, Tensor b)
    {
        var (common, all) = Overlap(a, b);
        return common / all - Apart(Each(a, 1), Each(b, 0));
    }

    /// <summary>The same less how unlike the boxes are in the ratio of their sides (Zheng et al. 2019).</summary>
    /// <param name="a">[n, 4].</param>
    /// <param name="b">[m, 4].</param>
    /// <returns>[n, m]: of each with each.</returns>
    /// <exception cref="ShapeException">They are no boxes.</exception>
    /// <example><code>
    /// Tensor a = Tensor.From([0f, 0, 2, 2], [1, 4]), b = Tensor.From([0f, 0, 4, 1], [1, 4]);
    /// Console.WriteLine($"{BoxOps.CompleteIou(a, b).Item():0.000}");       // → 0.253
    /// </code></example>
    public static Tensor CompleteIou(Tensor a, Tensor b)
    {
        var (common, all) = Overlap(a, b);
        var iou = common / all;
        return iou - Apart(Each(a, 1), Each(b, 0)) - Unlike(Each(a, 1), Each(b, 0), iou);
    }

    /// <summary>How far the middles are apart, squared, over the diagonal of the smallest box around both, squared.</summary>
    internal static Tensor Apart(Tensor a, Tensor b)
    {
        var around = Corner(a, 2).Maximum(Corner(b, 2)) - Corner(a, 0).Minimum(Corner(b, 0));
        var middles = (Corner(a, 0) + Corner(a, 2) - Corner(b, 0) - Corner(b, 2)) / 2;
        return middles.Square().Sum([-1]) / (around.Square().Sum([-1]) + Tiny);
    }

    /// <summary>How unlike the ratios of sides are, weighted the more the boxes cover each other.</summary>
    internal static Tensor Unlike(Tensor a, Tensor b, Tensor iou)
    {
        var unlike = (Angle(a) - Angle(b)).Square() * (4 / (Math.PI * Math.PI));
        return unlike.Detach() / (1 - iou.Detach() + unlike.Detach() + Tiny) * unlike;

        static Tensor Angle(Tensor boxes)
        {
            var sides = Corner(boxes, 2) - Corner(boxes, 0);
            return (sides.Select(-1, 0) / sides.Select(-1, 1)).Atan();
        }
    }

    /// <summary>torchvision guards against boxes without an area.</summary>
    internal const double Tiny = 1e-7;

    /// <summary>Boxes in a row, or in a column, to be met with others.</summary>
    static Tensor Each(Tensor boxes, int dim) => boxes.Unsqueeze(dim);

    /// <summary>The boxes that remain when of those that cover each other too far only the best is kept.</summary>
    /// <param name="boxes">[n, 4].</param>
    /// <param name="scores">[n]: how good each is.</param>
    /// <param name="iouThreshold">What is more is too far.</param>
    /// <returns>Their numbers, int64, the best first.</returns>
    /// <exception cref="ShapeException">They are no boxes, or there are not as many scores.</exception>
    /// <example><code>
    /// var boxes = Tensor.From([0f, 0, 10, 10, 1, 1, 11, 11, 20, 20, 30, 30], [3, 4]);
    /// Console.WriteLine(string.Join(' ', BoxOps.Nms(boxes, Tensor.From([0.5f, 0.9f, 0.7f]), 0.5).ToArray&lt;long&gt;()));     // → 1 2
    /// </code></example>
    public static Tensor Nms(Tensor boxes, Tensor scores, double iouThreshold)
    {
        Check(boxes);
        ArgumentNullException.ThrowIfNull(scores);
        int count = boxes.Shape[0];
        if (scores.Shape != [count]) throw new ShapeException($"{count} boxes have as many scores, [{count}], not {scores.Shape}.");
        double[] b = boxes.ToArray<double>(), s = scores.ToArray<double>();
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => s[i])];
        double[] areas = [.. Enumerable.Range(0, count).Select(i => (b[4 * i + 2] - b[4 * i]) * (b[4 * i + 3] - b[4 * i + 1]))];
        List<long> kept = [];
        bool[] gone = new bool[count];
        for (int at = 0; at < count; at++)
        {
            int i = order[at];
            if (gone[i]) continue;
            kept.Add(i);
            foreach (int j in order.AsSpan(at + 1))
            {
                double width = Math.Min(b[4 * i + 2], b[4 * j + 2]) - Math.Max(b[4 * i], b[4 * j]), height = Math.Min(b[4 * i + 3], b[4 * j + 3]) - Math.Max(b[4 * i + 1], b[4 * j + 1]);
                double common = Math.Max(0, width) * Math.Max(0, height);
                gone[j] |= common > iouThreshold * (areas[i] + areas[j] - common);
            }
        }
        return Tensor.From([.. kept], [kept.Count]);
    }

    /// <summary>The same in each class for itself.</summary>
    /// <param name="boxes">[n, 4].</param>
    /// <param name="scores">[n]: how good each is.</param>
    /// <param name="classes">[n]: what each is a box around.</param>
    /// <param name="iouThreshold">What is more is too far.</param>
    /// <returns>Their numbers, int64, the best first.</returns>
    /// <exception cref="ShapeException">They are no boxes, or there are not as many scores or classes.</exception>
    /// <example><code>
    /// var boxes = Tensor.From([0f, 0, 10, 10, 1, 1, 11, 11], [2, 4]);
    /// Console.WriteLine(BoxOps.BatchedNms(boxes, Tensor.From([0.5f, 0.9f]), Tensor.From([1L, 2]), 0.5).Shape);      // → [2]
    /// </code></example>
    public static Tensor BatchedNms(Tensor boxes, Tensor scores, Tensor classes, double iouThreshold)
    {
        Check(boxes);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Shape != [boxes.Shape[0]]) throw new ShapeException($"{boxes.Shape[0]} boxes have as many classes, [{boxes.Shape[0]}], not {classes.Shape}.");
        if (boxes.Shape[0] == 0) return Nms(boxes, scores, iouThreshold);
        // Each class is moved to a place of its own, where it meets no other.
        double apart = boxes.Abs().Amax().Item() * 2 + 1;
        return Nms(boxes.To(DType.Float64) + (classes.To(DType.Float64) * apart).Unsqueeze(1), scores, iouThreshold);
    }

    /// <summary>The smallest boxes around masks.</summary>
    /// <param name="masks">[n, h, w]: 0 is outside.</param>
    /// <returns>[n, 4], float32: the columns and rows of the outermost pixels, as in torchvision; 0 where a mask is empty.</returns>
    /// <exception cref="ShapeException">They are no masks.</exception>
    /// <example><code>
    /// var mask = Tensor.Zeros([1, 5, 5]);
    /// mask[0, 1..3, 2..5] = 1;
    /// Console.WriteLine(string.Join(' ', BoxOps.FromMasks(mask).ToArray&lt;float&gt;()));      // → 2 1 4 2
    /// </code></example>
    public static Tensor FromMasks(Tensor masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (masks.Rank != 3) throw new ShapeException($"Masks are [n, h, w], not {masks.Shape}.");
        int count = masks.Shape[0], width = masks.Shape[2];
        float[] boxes = new float[4 * count];
        for (int i = 0; i < count; i++)
        {
            int[] places = [.. masks[i].ToArray<double>().Index().Where(p => p.Item != 0).Select(p => p.Index)];
            if (places.Length == 0) continue;
            (boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]) = (places.Min(p => p % width), places[0] / width, places.Max(p => p % width), places[^1] / width);
        }
        return Tensor.From(boxes, [count, 4]);
    }

    static (Tensor Common, Tensor All) Overlap(Tensor a, Tensor b)
    {
        Check(a);
        Check(b);
        Tensor from = Corner(a, 0).Unsqueeze(1).Maximum(Corner(b, 0).Unsqueeze(0)), to = Corner(a, 2).Unsqueeze(1).Minimum(Corner(b, 2).Unsqueeze(0));
        var common = (to - from).Clamp(0, double.PositiveInfinity).Prod(2);
        return (common, Area(a).Unsqueeze(1) + Area(b).Unsqueeze(0) - common);
    }

    /// <summary>Two of the four numbers, [n, 2] or [n, m, 2].</summary>
    internal static Tensor Corner(Tensor boxes, int first) => boxes.Narrow(-1, first, 2);

    /// <exception cref="ShapeException">They are no boxes.</exception>
    internal static void Check(Tensor boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        if (boxes.Rank != 2 || boxes.Shape[1] != 4) throw new ShapeException($"Boxes are [n, 4], not {boxes.Shape}.");
    }
}
