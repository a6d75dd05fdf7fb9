using System.Runtime.InteropServices;

namespace Candeia.Images;

public sealed partial class Image
{
    /// <summary>The samples as numbers from 0 to 1: float32 [channels, height, width].</summary>
    public Tensor ToTensor()
    {
        var tensor = Tensor.Empty([Channels, Height, Width]);
        tensor.Write<float>(values =>
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                var plane = values.Slice(channel * Width * Height, Width * Height);
                if (BitsPerSample == 8) for (int i = 0, p = channel; i < plane.Length; i++, p += Channels) plane[i] = _pixels[p] / 255f;
                else
                {
                    var samples = MemoryMarshal.Cast<byte, ushort>(_pixels.AsSpan());
                    for (int i = 0, p = channel; i < plane.Length; i++, p += Channels) plane[i] = samples[p] / 65535f;
                }
            }
        });
        return tensor;
    }

    /// <summary>The samples as [channels, height, width]: as bytes, of 8 bits each, or as floating-point numbers from 0 to 1.</summary>
    /// <param name="dtype"><see cref="DType.UInt8"/> or a floating-point type.</param>
    /// <exception cref="ArgumentException">It is another type.</exception>
    public Tensor ToTensor(DType dtype) => dtype == DType.UInt8 ? Tensor.From(To8Bit()._pixels, [Height, Width, Channels]).Permute(2, 0, 1)
        : dtype.IsFloatingPoint() ? ToTensor().To(dtype) : throw new ArgumentException($"An image becomes floating-point numbers from 0 to 1 or uint8, not {dtype}.", nameof(dtype));

    /// <summary>
    /// An image of 8 bits a sample from [channels, height, width] with 1 to 4 channels, or gray from [height, width]. Floating-point values go from 0
    /// to 1 and are cut there (NaN becomes 0); uint8 values are the samples themselves.
    /// </summary>
    /// <exception cref="ShapeException">The shape is no image's.</exception>
    /// <exception cref="ArgumentException">The elements are of another type.</exception>
    public static Image FromTensor(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var info = tensor.Shape switch
        {
            [> 0 and var height, > 0 and var width] => new ImageInfo(width, height, PixelFormat.Gray),
            [>= 1 and <= 4 and var channels, > 0 and var height, > 0 and var width] => new ImageInfo(width, height, (PixelFormat)channels),
            _ => throw new ShapeException($"An image has the shape [1 to 4 channels, height, width] or [height, width]; this tensor has {tensor.Shape}."),
        };
        byte[] samples = tensor.DType switch
        {
            DType.UInt8 => tensor.ToArray<byte>(),
            var type when type.IsFloatingPoint() => Array.ConvertAll(tensor.ToArray<float>(), ToByte),
            _ => throw new ArgumentException($"An image is made of floating-point values from 0 to 1 or of uint8, not of {tensor.DType}."),
        };
        var image = new Image(info);
        for (int i = 0, channel = 0; channel < info.Channels; channel++)
            for (int p = channel; p < samples.Length; p += info.Channels) image._pixels[p] = samples[i++];
        return image;
    }

    /// <summary>The images of a batch [n, channels, height, width] or [n, height, width], laid out as a grid.</summary>
    /// <inheritdoc cref="Grid(IReadOnlyList{Image}, int, int, IReadOnlyList{string}?, int)"/>
    public static Image Grid(Tensor batch, int columns = 8, int padding = 10, IReadOnlyList<string>? captions = null, int zoom = 1)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rank is not (3 or 4))
            throw new ShapeException($"A batch has the shape [n, channels, height, width] or [n, height, width]; this tensor has {batch.Shape}.");
        return Grid([.. batch.Select(FromTensor)], columns, padding, captions, zoom);
    }

    static byte ToByte(float value) => (byte)MathF.Round(255 * Math.Clamp(float.IsNaN(value) ? 0 : value, 0, 1));
}
