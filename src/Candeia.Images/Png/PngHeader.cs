using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>The IHDR chunk, and what follows from it.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColor Color, bool Interlaced)
{
    public int Samples => Color switch { PngColor.Rgb => 3, PngColor.GrayAlpha => 2, PngColor.Rgba => 4, _ => 1 };

    /// <summary>The distance in bytes to the pixel on the left, for the filters.</summary>
    public int FilterStep => Math.Max(1, Samples * BitDepth / 8);

    public long RowBytes(int columns) => ((long)columns * Samples * BitDepth + 7) / 8;

    /// <summary>How many bytes the pixel data inflates to: each row of each pass with its filter byte.</summary>
    public Int128 InflatedBytes
    {
        get
        {
            Int128 sum = 0;
            foreach (var pass in PngPass.All(Interlaced))
                if (pass.Columns(Width) is > 0 and int columns) sum += (Int128)pass.Rows(Height) * (1 + RowBytes(columns));
            return sum;
        }
    }

    /// <summary>The decoded image: a palette and sub-byte samples are widened, transparency becomes opacity.</summary>
    public ImageInfo Info(bool transparency) => new(
        Width,
        Height,
        Color switch
        {
            PngColor.Gray => transparency ? PixelFormat.GrayAlpha : PixelFormat.Gray,
            PngColor.GrayAlpha => PixelFormat.GrayAlpha,
            PngColor.Rgba => PixelFormat.Rgba,
            _ => transparency ? PixelFormat.Rgba : PixelFormat.Rgb,
        },
        Math.Max(8, BitDepth));

    public static PngHeader Read(in PngChunks chunk)
    {
        var data = chunk.Data;
        if (chunk.Type != PngChunks.IHDR) throw chunk.Fault("a PNG file begins with an IHDR chunk, and this one does not");
        if (data.Length != 13) throw chunk.Fault($"the header has {data.Length} bytes instead of 13");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue) throw chunk.Fault($"{width}×{height} is not the size of an image");
        var (depth, color) = (data[8], (PngColor)data[9]);
        bool known = color switch
        {
            PngColor.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GrayAlpha or PngColor.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!known) throw chunk.Fault($"there is no colour type {data[9]} with {depth} bits a sample");
        if (data[10] != 0) throw chunk.Fault($"there is no compression method {data[10]}");
        if (data[11] != 0) throw chunk.Fault($"there is no filter method {data[11]}");
        if (data[12] > 1) throw chunk.Fault($"there is no interlace method {data[12]}");
        return new((int)width, (int)height, depth, color, data[12] == 1);
    }
}
