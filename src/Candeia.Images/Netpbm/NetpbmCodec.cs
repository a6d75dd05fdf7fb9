using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Candeia.Images;

/// <summary>
/// The PGM and PPM files of Netpbm, plain and binary, gray and RGB, with any maximum up to 65 535: a dozen lines of any language write them. Samples
/// are scaled to 8 bits, or to 16 where the maximum is above 255. Written is the binary form, gray as PGM and colour as PPM whatever the name's
/// ending. Of several images in a file the first is read.
/// </summary>
public sealed class NetpbmCodec : IImageCodec
{
    /// <inheritdoc/>
    public string Name => "Netpbm";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".ppm", ".pgm", ".pnm"];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> file) => file is [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', ..];

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlySpan<byte> file) => new NetpbmFile(file).Info;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> file, Span<byte> pixels)
    {
        var netpbm = new NetpbmFile(file);
        if (pixels.Length != netpbm.Info.ByteCount)
            throw new ArgumentException($"{pixels.Length} bytes are not the pixels of an image of {netpbm.Info}.", nameof(pixels));
        netpbm.Decode(pixels);
    }

    /// <inheritdoc/>
    public byte[] Encode(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels is 2 or 4)
            throw new NotSupportedException("Netpbm files have no opacity; convert with ToGray() or ToRgb() first, or write a PNG file.");
        int kind = image.Channels == 1 ? 5 : 6;
        byte[] header = Encoding.ASCII.GetBytes($"P{kind}\n{image.Width} {image.Height}\n{(1 << image.BitsPerSample) - 1}\n");
        byte[] file = [.. header, .. image.Pixels];
        if (image.BitsPerSample == 8 || !BitConverter.IsLittleEndian) return file;
        var samples = MemoryMarshal.Cast<byte, ushort>(file.AsSpan(header.Length));
        BinaryPrimitives.ReverseEndianness(samples, samples);
        return file;
    }
}
