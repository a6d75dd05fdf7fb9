namespace Candeia.Images;

public sealed partial class Image
{
    internal const long MostFileBytes = 1L << 30;

    /// <summary>Reads an image file of any registered format, told by its first bytes and not by its name.</summary>
    /// <exception cref="ImageFormatException">It is no image, or a damaged one.</exception>
    /// <exception cref="IOException">The file is empty, no ordinary one, larger than 1 GiB, or cannot be read.</exception>
    public static Image Load(string path)
    {
        try
        {
            return Decode(OrdinaryFile.ReadAllBytes(path, MostFileBytes));
        }
        catch (ImageFormatException fault)
        {
            throw fault.In(path);
        }
    }

    /// <summary>The image in the bytes of a file.</summary>
    /// <exception cref="ImageFormatException">They are no image, or a damaged one.</exception>
    public static Image Decode(ReadOnlySpan<byte> file)
    {
        var codec = ImageCodecs.For(file);
        var image = Unwritten(codec.Identify(file));
        codec.Decode(file, image._pixels);
        return image;
    }

    /// <summary>A part of the image in the bytes of a file, with the pixels that it has in the whole; of the usual photograph the rest is not computed.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="rows">Which rows: <c>10..20</c>.</param>
    /// <param name="columns">Which columns.</param>
    /// <exception cref="ImageFormatException">They are no image, or a damaged one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the image, or is empty.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, Range rows, Range columns)
    {
        var codec = ImageCodecs.For(file);
        var info = codec.Identify(file);
        var (top, height) = Inside(rows, info.Height, nameof(rows));
        var (left, width) = Inside(columns, info.Width, nameof(columns));
        var image = Unwritten(info with { Width = width, Height = height });
        codec.DecodeWindow(file, top, left, height, width, image._pixels);
        return image;
    }

    static (int From, int Count) Inside(Range range, int size, string name)
    {
        int from = range.Start.GetOffset(size), to = range.End.GetOffset(size);
        return from >= 0 && to <= size && from < to ? (from, to - from) : throw new ArgumentOutOfRangeException(name, $"{range} is no part of {size} pixels.");
    }

    /// <summary>Size and samples of the image in the bytes of a file, without decoding it.</summary>
    /// <exception cref="ImageFormatException">They are no image, or the start of them is damaged.</exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> file) => ImageCodecs.For(file).Identify(file);

    /// <summary>
    /// Decodes an image whose size is known, as 8-bit gray and without allocating an image: what <c>Decode(file).To8Bit().ToGray()</c> has as pixels.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="width">The width the image must have.</param>
    /// <param name="height">The height the image must have.</param>
    /// <param name="gray">Gets width × height bytes.</param>
    /// <exception cref="ImageFormatException">The bytes are no image, a damaged one, or one of another size.</exception>
    /// <exception cref="ArgumentException"><paramref name="gray"/> has another length.</exception>
    public static void DecodeGray(ReadOnlySpan<byte> file, int width, int height, Span<byte> gray)
    {
        if (gray.Length != (long)width * height)
            throw new ArgumentException($"{width}×{height} pixels do not fit {gray.Length} bytes exactly.", nameof(gray));
        var codec = ImageCodecs.For(file);
        var info = codec.Identify(file);
        if ((info.Width, info.Height) != (width, height))
            throw new ImageFormatException($"the image has {info.Width}×{info.Height} pixels where {width}×{height} are expected");
        if (info is { Format: PixelFormat.Gray, BitsPerSample: 8 })
        {
            codec.Decode(file, gray);
            return;
        }
        using var decoded = new Rented((int)info.ByteCount);
        codec.Decode(file, decoded.Span);
        if (info.BitsPerSample == 16) Depth.To8(decoded.Span, decoded.Span);
        int bytes = gray.Length * info.Channels;
        Luma.Convert(decoded.Span[..bytes], info with { BitsPerSample = 8 }, gray);
    }

    /// <summary>The bytes of a PNG file, the format that keeps every pixel and that everything reads.</summary>
    public byte[] Encode() => Encode(new PngCodec());

    /// <summary>The bytes of a file in a format with its options, such as <c>new PngCodec(CompressionLevel.Fastest)</c>.</summary>
    /// <exception cref="NotSupportedException">The format has no room for such samples.</exception>
    public byte[] Encode(IImageCodec codec) => codec.Encode(this);

    /// <summary>Writes the image in the format that the name's ending tells; a file of that name is replaced once the new one is complete.</summary>
    /// <exception cref="NotSupportedException">No format has that ending, or it has no room for such samples.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => Save(path, ImageCodecs.ForName(path));

    /// <summary>The same in a given format with its options.</summary>
    public void Save(string path, IImageCodec codec) => WholeFile.Write(path, Encode(codec));
}
