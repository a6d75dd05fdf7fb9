namespace Candeia.Images;

/// <summary>A picture and what is known of places in it; a <see cref="Transform"/> moves all of it together.</summary>
/// <param name="Image">[channels, height, width], floating-point numbers from 0 to 1 or bytes.</param>
/// <param name="Boxes">Boxes around things.</param>
/// <param name="Mask">What each pixel belongs to.</param>
/// <param name="KeyPoints">Places of interest.</param>
/// <param name="Labels">One for each box; where boxes are left out, their labels are too.</param>
public sealed record Annotated(Tensor Image, Boxes? Boxes = null, Mask? Mask = null, KeyPoints? KeyPoints = null, Tensor? Labels = null)
{
    /// <inheritdoc cref="Annotated(Tensor, Boxes?, Mask?, KeyPoints?, Tensor?)"/>
    public Tensor Image { get; init; } = Checked(Image);

    /// <summary>Rows of the picture.</summary>
    public int Height => Image.Shape[^2];

    /// <summary>Columns of the picture.</summary>
    public int Width => Image.Shape[^1];

    /// <summary>The boxes of some numbers, with what belongs to them: labels, masks, and key points of things.</summary>
    internal Annotated Keep(long[] kept)
    {
        if (Boxes is not { } boxes || kept.Length == boxes.Count) return this;
        var index = Tensor.From(kept, [kept.Length]);
        Tensor Of(Tensor all) => all.Rank > 0 && all.Shape[0] == boxes.Count ? all.IndexSelect(0, index) : all;
        return this with
        {
            Boxes = boxes with { Values = Of(boxes.Values) },
            Labels = Labels is null ? null : Of(Labels),
            Mask = Mask is { Values.Rank: 3 } mask ? new(Of(mask.Values)) : Mask,
            KeyPoints = KeyPoints is { Values.Rank: 3 } points ? new(Of(points.Values)) : KeyPoints,
        };
    }

    static Tensor Checked(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Rank < 3 || image.Numel == 0) throw new ShapeException($"A picture has the shape [channels, height, width]; this tensor has {image.Shape}.");
        return image.DType == DType.UInt8 || image.DType.IsFloatingPoint() ? image
            : throw new ArgumentException($"A picture is made of floating-point numbers from 0 to 1 or of uint8, not of {image.DType}.");
    }
}

/// <summary>Places in a picture, in pixels from the upper left corner of the first pixel.</summary>
/// <param name="Values">
/// Floating-point numbers [n, 2], column and row; or [things, n, 2] for those of each thing. A third number, such as whether the place is seen, stays as it is.
/// </param>
public sealed record KeyPoints(Tensor Values)
{
    /// <inheritdoc cref="KeyPoints(Tensor)"/>
    public Tensor Values { get; init; } = Checked(Values);

    internal KeyPoints Through(Geometry geometry)
    {
        double[] points = Values.ToArray<double>();
        int step = Values.Shape[^1];
        for (int i = 0; i < points.Length; i += step) (points[i], points[i + 1]) = geometry.Point(points[i], points[i + 1]);
        return new(Tensor.From(points, Values.Shape).To(Values.DType));
    }

    static Tensor Checked(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Rank is 2 or 3 && values.Shape[^1] is 2 or 3 && values.DType.IsFloatingPoint() ? values
            : throw new ShapeException($"Key points are floating-point numbers [n, 2] or [things, n, 2 or 3], not {values.DType} {values.Shape}.");
    }
}
