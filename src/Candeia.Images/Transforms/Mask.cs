using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>What each pixel belongs to: whole numbers, such as classes; resizing never mixes them.</summary>
/// <param name="Values">[height, width], or [n, height, width] for a mask of each thing.</param>
public sealed record Mask(Tensor Values)
{
    static readonly byte[] s_palette = [.. Enumerable.Range(0, 256).Select(Rgb.Of).SelectMany(c => (byte[])[c.Red, c.Green, c.Blue])];

    /// <summary>Reads a mask of int64 [height, width] from a picture whose numbers are not colours: places in the palette of a PNG file, or gray values.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageFormatException">It is no image, a damaged one, or one of colours.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Mask Load(string path)
    {
        try
        {
            return Decode(OrdinaryFile.ReadAllBytes(path, Image.MostFileBytes));
        }
        catch (ImageFormatException fault)
        {
            throw fault.In(path);
        }
    }

    /// <summary>The mask in the bytes of a file. See <see cref="Load"/>.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="ImageFormatException">It is no image, a damaged one, or one of colours.</exception>
    public static Mask Decode(ReadOnlySpan<byte> file)
    {
        if (ImageCodecs.For(file) is PngCodec && new PngFile(file, toEnd: true, ofNumbers: true) is { IsOfNumbers: true } png)
        {
            byte[] numbers = new byte[png.Info.ByteCount];
            PngDecoder.Decode(png, numbers);
            return Of(Array.ConvertAll(numbers, n => (long)n), png.Info);
        }
        var image = Image.Decode(file);
        if (image.Channels != 1) throw new ImageFormatException($"a mask is a picture with a palette or of gray values, and this one has {image.Channels} values for each pixel");
        return Of(image.BitsPerSample == 8 ? [.. image.Pixels.ToArray().Select(p => (long)p)] : [.. MemoryMarshal.Cast<byte, ushort>(image.Pixels).ToArray().Select(p => (long)p)], image.Info);
    }

    /// <summary>Writes a PNG file with a palette, whole or not at all: each number is kept, and shown in its colour (<see cref="Rgb.Of"/>).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ShapeException">The mask is not [height, width].</exception>
    /// <exception cref="NotSupportedException">A number is not from 0 to 255.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        if (Values is not { Rank: 2, Numel: > 0 }) throw new ShapeException($"A mask that is written to a file has the shape [height, width], not {Values.Shape}.");
        long[] numbers = Values.ToArray<long>();
        if (numbers.FirstOrDefault(n => n is < 0 or > 255) is not 0 and var wrong) throw new NotSupportedException($"A PNG file with a palette holds numbers from 0 to 255, and {wrong} is none.");
        var image = new Image(new ImageInfo(Values.Shape[1], Values.Shape[0], PixelFormat.Gray), Array.ConvertAll(numbers, n => (byte)n));
        WholeFile.Write(path, PngEncoder.Encode(image, CompressionLevel.Optimal, s_palette));
    }

    static Mask Of(long[] numbers, ImageInfo info) => new(Tensor.From(numbers, [info.Height, info.Width]));
}
