namespace Candeia.Images;

/// <summary>Windows of files whose format knows no other way than to decode the whole.</summary>
internal static class WholeWindow
{
    public static void Decode(IImageCodec codec, ReadOnlySpan<byte> file, int top, int left, int height, int width, Span<byte> pixels)
    {
        var info = codec.Identify(file);
        using var all = new Rented((int)info.ByteCount);
        codec.Decode(file, all.Span);
        int line = width * info.PixelBytes;
        for (int y = 0; y < height; y++) all.Span.Slice((top + y) * info.RowBytes + left * info.PixelBytes, line).CopyTo(pixels[(y * line)..]);
    }
}
