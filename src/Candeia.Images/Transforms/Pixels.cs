namespace Candeia.Images;

/// <summary>Pictures as numbers that can be computed with, and back.</summary>
internal static class Pixels
{
    /// <summary>What white is: 255 for bytes, 1 for numbers.</summary>
    public static double White(this DType type) => type == DType.UInt8 ? 255 : 1;

    /// <summary>As [n, channels, height, width], float32 where they are bytes.</summary>
    public static Tensor Batch(this Tensor image)
    {
        var x = image.Rank == 4 ? image : image.Rank == 3 ? image.Unsqueeze(0) : image.Reshape([-1, .. image.Shape.Skip(image.Rank - 3)]);
        return x.DType == DType.UInt8 ? x.To(DType.Float32) : x;
    }

    /// <summary>What was computed of a batch, in the type and with the leading dimensions of the picture: bytes to the nearest.</summary>
    public static Tensor Like(this Tensor computed, Tensor image)
    {
        var y = image.DType == DType.UInt8 ? computed.Clamp(0, 255).Round().To(DType.UInt8) : computed.To(image.DType);
        return y.Reshape([.. image.Shape.Take(image.Rank - 3), .. computed.Shape.Skip(1)]);
    }

    /// <summary>The same for colours, which torchvision cuts to bytes instead of rounding, and cuts to black and white.</summary>
    public static Tensor CutLike(this Tensor computed, Tensor image) => Like(image.DType == DType.UInt8 ? computed.Clamp(0, 255).Floor() : computed.Clamp(0, 1), image);

    /// <summary>Numbers that were computed one by one, in the type and shape of the picture.</summary>
    public static Tensor Like(float[] values, Tensor image) => Like(Tensor.From(values, [1, .. image.Shape]).Reshape([-1, .. image.Shape.Skip(image.Rank - 3)]), image);

    /// <exception cref="ShapeException">The picture has another number of channels.</exception>
    public static void RefuseOtherThan(this Tensor image, ReadOnlySpan<int> channels, string what)
    {
        if (!channels.Contains(image.Shape[^3])) throw new ShapeException($"{what} takes pictures of {string.Join(" or ", channels.ToArray())} channels, not {image.Shape}.");
    }
}
