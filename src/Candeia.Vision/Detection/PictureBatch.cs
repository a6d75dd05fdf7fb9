using Candeia.Images;

namespace Candeia.Vision;

/// <summary>Pictures as networks for boxes take them: normalized, brought to a size, laid side by side with zeros where one is smaller.</summary>
/// <param name="Pictures">[n, 3, h, w].</param>
/// <param name="Sizes">Rows and columns of each that are no zeros.</param>
/// <param name="Before">Rows and columns of each as it came.</param>
internal sealed record PictureBatch(Tensor Pictures, IReadOnlyList<Size2d> Sizes, IReadOnlyList<Size2d> Before)
{
    /// <param name="images">Each [3, h, w], numbers from 0 to 1 or bytes.</param>
    /// <param name="form">What is made of them.</param>
    public static PictureBatch Of(IReadOnlyList<Tensor> images, PictureForm form)
    {
        if (images.Count == 0) throw new ArgumentException("There are no pictures in the batch; give it one at least.", nameof(images));
        Size2d[] before = [.. images.Select(i => i.Shape is [3, > 0 and var h, > 0 and var w] ? (Size2d)(h, w) : throw new ShapeException($"A picture for boxes has the shape [3, height, width], not {i.Shape}."))];
        Tensor[] all = [.. images.Select((image, i) => Sized(Normalized(image, form), form.SizeOf(before[i])))];
        int height = form.Up(all.Max(i => i.Shape[1])), width = form.Up(all.Max(i => i.Shape[2]));
        var pictures = Tensor.Stack([.. all.Select(i => i.Pad([0, width - i.Shape[2], 0, height - i.Shape[1]]))]);
        return new(pictures, [.. all.Select(i => (Size2d)(i.Shape[1], i.Shape[2]))], before);
    }

    /// <summary>Boxes of a picture, or of what was made of it, in pixels of the other.</summary>
    public Tensor Scale(Tensor boxes, int picture, bool back = false)
    {
        Size2d from = back ? Sizes[picture] : Before[picture], to = back ? Before[picture] : Sizes[picture];
        float x = (float)to.Width / from.Width, y = (float)to.Height / from.Height;
        return boxes * Tensor.From([x, y, x, y]).To(boxes.Device);
    }

    /// <summary>The same of places.</summary>
    public KeyPoints Scale(KeyPoints points, int picture, bool back = false)
    {
        Size2d from = back ? Sizes[picture] : Before[picture], to = back ? Before[picture] : Sizes[picture];
        return new(points.Values * Tensor.From([(float)to.Width / from.Width, (float)to.Height / from.Height, 1f]).To(points.Values.DType).To(points.Values.Device));
    }

    static Tensor Floats(Tensor image) => image.DType == DType.UInt8 ? image.To(DType.Float32) / 255 : image;

    static Tensor Normalized(Tensor image, PictureForm form) =>
        (Floats(image) - Tensor.From([.. form.Mean], [3, 1, 1]).To(image.Device)) / Tensor.From([.. form.Std], [3, 1, 1]).To(image.Device);

    static Tensor Sized(Tensor image, Size2d size) =>
        (image.Shape[1], image.Shape[2]) == (size.Height, size.Width) ? image : image.Unsqueeze(0).Interpolate([size.Height, size.Width], Interpolation.Linear).Squeeze(0);
}
