using System.IO.Compression;

namespace Candeia.Images;

/// <summary>Inflates the pixel data to exactly the size that the header implies, undoes the filters and puts the pixels in their places.</summary>
internal static class PngDecoder
{
    public static void Decode(in PngFile png, Span<byte> pixels)
    {
        using var raw = new Rented((int)png.Header.InflatedBytes);
        Inflate(png, raw.Span);
        Span<byte> tableMemory = stackalloc byte[PngPixels.TableBytes];
        var writer = new PngPixels(png, tableMemory);
        int rowBytes = (int)png.Header.RowBytes(png.Header.Width);
        using var top = new Rented(rowBytes);                        // what stands above the first row of a pass
        top.Span.Clear();
        using var line = new Rented(png.Info.RowBytes);
        int position = 0;
        foreach (var pass in PngPass.All(png.Header.Interlaced))
            if (pass.Columns(png.Header.Width) > 0) position += Decode(png, pass, raw.Span[position..], top.Span, line.Span, writer, pixels);
    }

    static void Inflate(in PngFile png, Span<byte> raw)
    {
        using var data = new Rented(png.DataBytes);
        png.CopyData(data.Span);
        using var compressed = new PngDataStream(data.Array, png.DataBytes);
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        try
        {
            int count = zlib.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false);
            if (count < raw.Length) throw png.DataFault($"the pixel data ends after {count} of {raw.Length} bytes");
            bool ended = zlib.ReadByte() < 0;                        // the end of the stream is where its checksum is compared
            if (ended && compressed.RanOut) throw png.DataFault("the pixel data ends before its checksum");
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw png.DataFault("the compressed pixel data is damaged");
        }
    }

    /// <returns>How many raw bytes the pass took.</returns>
    static int Decode(in PngFile png, PngPass pass, Span<byte> raw, ReadOnlySpan<byte> top, Span<byte> line, in PngPixels writer, Span<byte> pixels)
    {
        var info = png.Info;
        int columns = pass.Columns(info.Width), rowBytes = (int)png.Header.RowBytes(columns), step = png.Header.FilterStep;
        line = line[..(columns * info.PixelBytes)];
        var above = top[..rowBytes];
        int position = 0;
        for (int y = pass.Top; y < info.Height; y += pass.StepY, position += 1 + rowBytes)
        {
            byte filter = raw[position];
            var row = raw.Slice(position + 1, rowBytes);
            if (!PngFilter.Undo(filter, row, above, step)) throw png.DataFault($"row {y} has filter {filter}, and there is none of that number");
            var target = pixels.Slice(y * info.RowBytes, info.RowBytes);
            if (pass.StepX == 1 && pass.Left == 0) writer.Write(row, target);
            else
            {
                writer.Write(row, line);
                Scatter(line, info.PixelBytes, target, pass);
            }
            above = row;
        }
        return position;
    }

    static void Scatter(ReadOnlySpan<byte> line, int pixelBytes, Span<byte> target, PngPass pass)
    {
        for (int from = 0, x = pass.Left; from < line.Length; from += pixelBytes, x += pass.StepX)
            line.Slice(from, pixelBytes).CopyTo(target[(x * pixelBytes)..]);
    }
}
