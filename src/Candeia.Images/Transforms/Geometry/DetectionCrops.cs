namespace Candeia.Images;

/// <summary>
/// A window that a box is in by a random part at least: what SSD is trained with (<see href="https://arxiv.org/abs/1512.02325">Liu et al. 2015</see>). Boxes whose
/// middle is outside are left out, with their labels, masks and key points.
/// </summary>
/// <param name="MinScale">The smallest part of height and of width.</param>
/// <param name="MaxScale">The largest part of height and of width.</param>
/// <param name="MinRatio">The smallest width over height.</param>
/// <param name="MaxRatio">The largest width over height.</param>
/// <param name="Trials">How often a window is drawn for a part of boxes before another part is.</param>
/// <param name="Overlaps">The parts that a box may have to be in it by, of which one is drawn; at 1 or more the picture stays as it is. None, 0.1, 0.3 … 0.9 and 1, if nothing is given.</param>
public sealed record RandomIoUCrop(
    double MinScale = 0.3, double MaxScale = 1, double MinRatio = 0.5, double MaxRatio = 2, int Trials = 40, IReadOnlyList<double>? Overlaps = null) : Transform
{
    static readonly double[] s_least = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no boxes.</exception>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        if (scene.Boxes is not { } all) throw new ArgumentException("RandomIoUCrop looks at boxes, and this picture has none; give it an Annotated with Boxes.");
        double[] boxes = all.To(BoxFormat.XYXY).Values.ToArray<double>();
        int height = scene.Height, width = scene.Width;
        var parts = Overlaps is { Count: > 0 } given ? given : s_least;
        while (true)
        {
            double least = parts[generator.NextInt(parts.Count)];
            if (least >= 1) return scene;
            for (int trial = 0; trial < Trials; trial++)
            {
                int w = (int)(width * generator.Between(MinScale, MaxScale)), h = (int)(height * generator.Between(MinScale, MaxScale));
                int left = (int)((width - w) * generator.NextDouble()), top = (int)((height - h) * generator.NextDouble());
                if (w < 1 || h < 1 || (double)w / h < MinRatio || (double)w / h > MaxRatio) continue;
                long[] inside = [.. Enumerable.Range(0, all.Count).Where(i => IsInside(boxes.AsSpan(4 * i, 4), left, top, w, h)).Select(i => (long)i)];
                if (inside.Length == 0 || inside.Max(i => Overlap(boxes.AsSpan(4 * (int)i, 4), left, top, w, h)) < least) continue;
                return new Window(top, left, h, w).Apply(scene.Keep(inside));
            }
        }
    }

    static bool IsInside(ReadOnlySpan<double> box, int left, int top, int width, int height)
    {
        double x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
        return x > left && x < left + width && y > top && y < top + height;
    }

    static double Overlap(ReadOnlySpan<double> box, int left, int top, int width, int height)
    {
        double common = Math.Max(0, Math.Min(box[2], left + width) - Math.Max(box[0], left)) * Math.Max(0, Math.Min(box[3], top + height) - Math.Max(box[1], top));
        double both = (box[2] - box[0]) * (box[3] - box[1]) + (double)width * height - common;
        return both > 0 ? common / both : 0;
    }
}

/// <summary>The shorter side in one of several sizes, the other one in proportion: what DETR and others are trained with.</summary>
/// <param name="Sizes">What the shorter side may have.</param>
/// <param name="Longest">What the longer side may have at most.</param>
/// <param name="Interpolation">How values between pixels are found.</param>
/// <param name="Antialias">Whether all pixels count that a new one covers.</param>
public sealed record RandomShortestSize(IReadOnlyList<int> Sizes, int? Longest = null, Interpolation Interpolation = Interpolation.Linear, bool Antialias = true) : GeometricTransform
{
    private protected override Geometry Draw(int height, int width, Generator generator)
    {
        double shorter = Sizes[generator.NextInt(Sizes.Count)], ratio = shorter / Math.Min(height, width);
        if (Longest is { } most) ratio = Math.Min(ratio, (double)most / Math.Max(height, width));
        return new Resized(height, width, Math.Max(1, (int)(height * ratio)), Math.Max(1, (int)(width * ratio)), Interpolation, Antialias);
    }
}

/// <summary>The shorter side in a random size, the other one in proportion.</summary>
/// <param name="MinSize">The fewest pixels.</param>
/// <param name="MaxSize">One more than the most pixels.</param>
/// <param name="Interpolation">How values between pixels are found.</param>
/// <param name="Antialias">Whether all pixels count that a new one covers.</param>
public sealed record RandomResize(int MinSize, int MaxSize, Interpolation Interpolation = Interpolation.Linear, bool Antialias = true) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator) =>
        new Resize(MinSize + generator.NextInt(MaxSize - MinSize), interpolation: Interpolation, antialias: Antialias).Change(scene, generator);
}
