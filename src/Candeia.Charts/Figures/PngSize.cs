using System.Buffers.Binary;

namespace Candeia.Charts;

/// <summary>Width and height from the head of a PNG file, which is all that is read of it here.</summary>
internal static class PngSize
{
    public static (int Width, int Height) Of(ReadOnlySpan<byte> png)
    {
        if (png.Length < 33 || !png.StartsWith(Signature) || !png[12..].StartsWith("IHDR"u8))
            throw new ArgumentException("The picture is not a PNG file: it does not begin with PNG's signature and an IHDR chunk.", nameof(png));
        uint width = BinaryPrimitives.ReadUInt32BigEndian(png[16..]), height = BinaryPrimitives.ReadUInt32BigEndian(png[20..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new ArgumentException($"The PNG file declares {width} by {height} pixels, which no picture has.", nameof(png));
        return ((int)width, (int)height);
    }

    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
}
