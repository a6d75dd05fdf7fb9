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

    /// <summary>
    /// Movement as a picture (optical flow): the direction of each pixel is its hue, its speed how strong that is; the fastest are strongest, what stays is white.
    /// </summary>
    /// <param name="flow">Floating-point numbers [2, height, width]: pixels to the right, and down.</param>
    /// <exception cref="ShapeException">It has another shape.</exception>
    /// <example><code>
    /// var right = Tensor.Stack([Tensor.Ones([4, 5]), Tensor.Zeros([4, 5])]);
    /// Console.WriteLine(Image.FromFlow(right));                            // → 5×4 Rgb, 8 bit
    /// </code></example>
    public static Image FromFlow(Tensor flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Shape is [2, > 0, > 0] ? Flow.Show(flow) : throw new ShapeException($"Movements have the shape [2, height, width]; this tensor has {flow.Shape}.");
    }

    /// <summary>The images of a batch [n, channels, height, width] or [n, height, width], laid out as a grid.</summary>
    /// <param name="batch">Floating-point numbers from 0 to 1, or bytes; any numbers, where they are normalized.</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="padding">White pixels between cells and around them.</param>
    /// <param name="captions">One for each image; a caption wider than its cell is cut.</param>
    /// <param name="zoom">How many pixels wide and high a pixel of an image is drawn.</param>
    /// <param name="normalize">Whether numbers are brought to black and white: the smallest and the largest of the batch.</param>
    /// <param name="valueRange">What is black and what is white instead; it normalizes too.</param>
    /// <exception cref="ShapeException">It is no batch of images.</exception>
    /// <exception cref="ArgumentException">There are no images, or not as many captions, or white is not above black.</exception>
    public static Image Grid(
        Tensor batch, int columns = 8, int padding = 10, IReadOnlyList<string>? captions = null, int zoom = 1, bool normalize = false, (double Low, double High)? valueRange = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rank is not (3 or 4))
            throw new ShapeException($"A batch has the shape [n, channels, height, width] or [n, height, width]; this tensor has {batch.Shape}.");
        if (valueRange is var (black, white) && !(white > black)) throw new ArgumentException($"White ({white}) is not above black ({black}).", nameof(valueRange));
        if ((normalize || valueRange is not null) && batch.Numel > 0)
        {
            var x = batch.To(batch.DType == DType.Float64 ? DType.Float64 : DType.Float32);
            var (low, high) = valueRange ?? (x.Amin().Item(), x.Amax().Item());
            batch = (x.Clamp(low, high) - low) / Math.Max(high - low, 1e-5);
        }
        return Grid([.. batch.Select(FromTensor)], columns, padding, captions, zoom);
    }

    static byte ToByte(float value) => (byte)MathF.Round(255 * Math.Clamp(float.IsNaN(value) ? 0 : value, 0, 1));
}
