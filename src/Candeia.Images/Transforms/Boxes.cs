namespace Candeia.Images;

/// <summary>What the four numbers of a box are.</summary>
public enum BoxFormat
{
    /// <summary>Left, top, right, bottom.</summary>
    XYXY,

    /// <summary>Left, top, width, height.</summary>
    XYWH,

    /// <summary>Column and row of the middle, width, height.</summary>
    CXCYWH,
}

/// <summary>Boxes in a picture, in pixels from its upper left corner: a box around all of it is 0, 0, width, height.</summary>
/// <param name="Values">Floating-point numbers [n, 4].</param>
/// <param name="Format">What they are.</param>
public sealed record Boxes(Tensor Values, BoxFormat Format = BoxFormat.XYXY)
{
    /// <inheritdoc cref="Boxes(Tensor, BoxFormat)"/>
    public Tensor Values { get; init; } = Checked(Values);

    /// <summary>How many there are.</summary>
    public int Count => Values.Shape[0];

    /// <summary>The same boxes, told by other numbers.</summary>
    /// <param name="format">What the numbers shall be.</param>
    public Boxes To(BoxFormat format)
    {
        if (format == Format) return this;
        Tensor a = Values[.., 0], b = Values[.., 1], c = Values[.., 2], d = Values[.., 3];
        var (x1, y1, x2, y2) = Format switch
        {
            BoxFormat.XYXY => (a, b, c, d),
            BoxFormat.XYWH => (a, b, a + c, b + d),
            _ => (a - c / 2, b - d / 2, a + c / 2, b + d / 2),
        };
        return new(Tensor.Stack(format switch
        {
            BoxFormat.XYXY => [x1, y1, x2, y2],
            BoxFormat.XYWH => [x1, y1, x2 - x1, y2 - y1],
            _ => [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1],
        }, 1), format);
    }

    /// <summary>The parts of the boxes that lie in a picture.</summary>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    public Boxes Clip(int height, int width)
    {
        var v = To(BoxFormat.XYXY).Values;
        return new Boxes(Tensor.Stack([v[.., 0].Clamp(0, width), v[.., 1].Clamp(0, height), v[.., 2].Clamp(0, width), v[.., 3].Clamp(0, height)], 1)).To(Format);
    }

    /// <summary>The smallest upright boxes around the moved ones, cut at the border of the new picture.</summary>
    internal Boxes Through(Geometry geometry)
    {
        double[] from = To(BoxFormat.XYXY).Values.ToArray<double>(), to = new double[from.Length];
        for (int i = 0; i < from.Length; i += 4)
        {
            (double X, double Y)[] corners = [geometry.Point(from[i], from[i + 1]), geometry.Point(from[i + 2], from[i + 1]),
                geometry.Point(from[i + 2], from[i + 3]), geometry.Point(from[i], from[i + 3])];
            to[i] = Math.Clamp(corners.Min(c => c.X), 0, geometry.Width);
            to[i + 1] = Math.Clamp(corners.Min(c => c.Y), 0, geometry.Height);
            to[i + 2] = Math.Clamp(corners.Max(c => c.X), 0, geometry.Width);
            to[i + 3] = Math.Clamp(corners.Max(c => c.Y), 0, geometry.Height);
        }
        return new Boxes(Tensor.From(to, Values.Shape).To(Values.DType)).To(Format);
    }

    static Tensor Checked(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Rank != 2 || values.Shape[1] != 4) throw new ShapeException($"Boxes are numbers [n, 4], not {values.Shape}.");
        return values.DType.IsFloatingPoint() ? values : throw new ArgumentException($"Boxes are floating-point numbers, not {values.DType}; convert with To(DType.Float32).");
    }
}

/// <summary>Leaves out boxes that a crop has left too little of, and those that reach out of the picture, with their labels, key points and masks.</summary>
/// <param name="MinSize">Boxes less wide or high than so many pixels are left out.</param>
/// <param name="MinArea">Boxes of fewer square pixels are left out.</param>
public sealed record SanitizeBoundingBoxes(double MinSize = 1, double MinArea = 1) : Transform
{
    /// <inheritdoc/>
    protected internal override Annotated Change(Annotated scene, Generator generator)
    {
        if (scene.Boxes is not { } boxes) return scene;
        double[] v = boxes.To(BoxFormat.XYXY).Values.ToArray<double>();
        bool IsGood(int i)
        {
            double left = v[4 * i], top = v[4 * i + 1], right = v[4 * i + 2], bottom = v[4 * i + 3];
            return right - left >= MinSize && bottom - top >= MinSize && (right - left) * (bottom - top) >= MinArea && left >= 0 && top >= 0 && right <= scene.Width && bottom <= scene.Height;
        }
        return scene.Keep([.. Enumerable.Range(0, boxes.Count).Where(IsGood).Select(i => (long)i)]);
    }
}
