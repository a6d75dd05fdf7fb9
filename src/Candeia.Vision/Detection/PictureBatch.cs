using Candeia.Images;

namespace Candeia.Vision;

/// <summary>Pictures as networks for boxes take them: normalized, brought to a size, laid side by side with zeros where one is smaller.</summary>
/// <param name="Pictures">[n, 3, h, w].</param>
/// <param name="Sizes">Rows and columns of each that are no zeros.</param>
/// <param name="Before">Rows and columns of each as it came.</param>
internal sealed record PictureBatch(Tensor Pictures, IReadOnlyList<Size2d> Sizes, IReadOnlyList<Size2d> Before)
{
    const int Divisor = 32;
    static readonly float[] s_mean = [0.485f, 0.456f, 0.406f], s_std = [0.229f, 0.224f, 0.225f];

    /// <param name="images">Each [3, h, w], numbers from 0 to 1 or bytes.</param>
    /// <param name="minSize">The shorter side is brought to so many pixels,</param>
    /// <param name="maxSize">or to fewer, so that the longer one has no more than these.</param>
    /// <param name="normalize">Whether the mean of ImageNet's colours is taken away.</param>
    public static PictureBatch Of(IReadOnlyList<Tensor> images, int minSize, int maxSize, bool normalize = true)
    {
        if (images.Count == 0) throw new ArgumentException("There are no pictures in the batch; give it one at least.", nameof(images));
        Size2d[] before = [.. images.Select(i => i.Shape is [3, > 0 and var h, > 0 and var w] ? (Size2d)(h, w) : throw new ShapeException($"A picture for boxes has the shape [3, height, width], not {i.Shape}."))];
        Tensor[] all = [.. images.Select((image, i) => Sized(normalize ? Normalized(image) : Floats(image), Target(before[i], minSize, maxSize)))];
        int height = Up(all.Max(i => i.Shape[1])), width = Up(all.Max(i => i.Shape[2]));
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

    static Tensor Normalized(Tensor image) =>
        (Floats(image) - Tensor.From(s_mean, [3, 1, 1]).To(image.Device)) / Tensor.From(s_std, [3, 1, 1]).To(image.Device);

    // In float32, as torchvision counts: a side may have a pixel less than one would think.
    static Size2d Target(Size2d size, int minSize, int maxSize)
    {
        double scale = Math.Min((float)minSize / Math.Min(size.Height, size.Width), (float)maxSize / Math.Max(size.Height, size.Width));
        return (Math.Max(1, (int)Math.Floor(size.Height * scale)), Math.Max(1, (int)Math.Floor(size.Width * scale)));
    }

    static Tensor Sized(Tensor image, Size2d size) =>
        (image.Shape[1], image.Shape[2]) == (size.Height, size.Width) ? image : image.Unsqueeze(0).Interpolate([size.Height, size.Width], Interpolation.Linear).Squeeze(0);

    static int Up(int size) => (size + Divisor - 1) / Divisor * Divisor;
}
