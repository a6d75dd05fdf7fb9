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

    static Tensor Checked(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Rank < 3 || image.Numel == 0) throw new ShapeException($"A picture has the shape [channels, height, width]; this tensor has {image.Shape}.");
        return image.DType == DType.UInt8 || image.DType.IsFloatingPoint() ? image
            : throw new ArgumentException($"A picture is made of floating-point numbers from 0 to 1 or of uint8, not of {image.DType}.");
    }
}

/// <summary>What each pixel belongs to: whole numbers, such as classes; resizing never mixes them.</summary>
/// <param name="Values">[height, width], or [n, height, width] for a mask of each thing.</param>
public sealed record Mask(Tensor Values);

/// <summary>Places in a picture of a size, in pixels from the upper left corner of the first pixel.</summary>
/// <param name="Values">Floating-point numbers [n, 2]: column and row.</param>
public sealed record KeyPoints(Tensor Values)
{
    internal KeyPoints Through(Geometry geometry)
    {
        double[] points = Values.ToArray<double>();
        for (int i = 0; i < points.Length; i += 2) (points[i], points[i + 1]) = geometry.Point(points[i], points[i + 1]);
        return new(Tensor.From(points, Values.Shape).To(Values.DType));
    }
}
