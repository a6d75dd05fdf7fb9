using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>What networks that find things in pictures end with.</summary>
internal static class DetectionOperators
{
    public static Operator[] All { get; } =
    [
        One("NonMaxSuppression", 10, a =>
        {
            bool centres = a.Flag("center_point_box");
            return x => Suppress(x, centres);
        }),
    ];

    /// <summary>Rows (image, class, box) of the boxes that remain: the best of each class first, and none that overlaps a better one by too much.</summary>
    static Tensor Suppress(Call x, bool centres)
    {
        var (boxes, scores) = (x[0].To(DType.Float32), x[1].To(DType.Float32));     // [images, boxes, 4], [images, classes, boxes]
        int images = scores.Shape[0], classes = scores.Shape[1], count = scores.Shape[2];
        if (boxes.Shape != [images, count, 4]) throw new OnnxException($"boxes are [{images}, {count}, 4], not {boxes.Shape}");
        int most = (int)Math.Clamp(x.Number(2, 0), 0, count);
        double overlap = x.Number(3, 0), least = x.Number(4, double.NegativeInfinity);
        float[] corners = boxes.ToArray<float>(), points = scores.ToArray<float>();
        List<long> kept = [];
        for (int image = 0; image < images; image++)
        {
            var all = Enumerable.Range(0, count).Select(b => Box.Of(corners.AsSpan(4 * (image * count + b), 4), centres)).ToArray();
            for (int c = 0; c < classes; c++)
            {
                float Score(int box) => points[(image * classes + c) * count + box];
                List<int> chosen = [];
                foreach (int box in Enumerable.Range(0, count).Where(b => Score(b) > least).OrderByDescending(Score))
                {
                    if (chosen.Count == most) break;
                    if (chosen.Exists(better => all[box].Overlap(all[better]) > overlap)) continue;
                    chosen.Add(box);
                    kept.AddRange([image, c, box]);
                }
            }
        }
        return Tensor.From<long>([.. kept]).Reshape(kept.Count / 3, 3);
    }

    readonly record struct Box(float Top, float Left, float Bottom, float Right)
    {
        // Two corners in any order, or a middle, a width and a height.
        public static Box Of(ReadOnlySpan<float> b, bool centres) => centres
            ? new(b[1] - b[3] / 2, b[0] - b[2] / 2, b[1] + b[3] / 2, b[0] + b[2] / 2)
            : new(Math.Min(b[0], b[2]), Math.Min(b[1], b[3]), Math.Max(b[0], b[2]), Math.Max(b[1], b[3]));

        float Area => (Bottom - Top) * (Right - Left);

        public float Overlap(Box other)
        {
            float both = Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top)) * Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left));
            return both <= 0 ? 0 : both / (Area + other.Area - both);
        }
    }
}
