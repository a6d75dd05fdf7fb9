using System.Buffers.Binary;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// PNG files of scatterplots as the real data set has them, 8-bit RGB. A writer of its own, because generated files must be the same bytes on every
/// machine and with every version of the platform's zlib; knowing its pictures, it is also twenty times as fast.
/// </summary>
internal static class ScatterplotPng
{
    const int Size = Scatterplot.Size, RowBytes = 1 + 3 * Size, DataBytes = Size * RowBytes;

    static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    static readonly byte[] s_header = [0, 0, 0, Size, 0, 0, 0, Size, 8, 2, 0, 0, 0];

    [ThreadStatic] static byte[]? s_rows;
    [ThreadStatic] static byte[]? s_packed;

    /// <summary>The file for gray pixels that are all black or white.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> pixels)
    {
        byte[] rows = s_rows ??= new byte[DataBytes], packed = s_packed ??= new byte[RowDeflate.Most(DataBytes)];
        Expand(pixels, rows);
        var data = packed.AsSpan(0, RowDeflate.Pack(rows, RowBytes, packed));
        var file = new byte[s_signature.Length + 12 + s_header.Length + 12 + data.Length + 12];
        s_signature.CopyTo(file, 0);
        var rest = Chunk(file.AsSpan(s_signature.Length), "IHDR"u8, s_header);
        rest = Chunk(rest, "IDAT"u8, data);
        Chunk(rest, "IEND"u8, []);
        return file;
    }

    // Rows of red, green, blue behind the filter type 0.
    static void Expand(ReadOnlySpan<byte> pixels, Span<byte> rows)
    {
        rows.Fill(Scatterplot.White);
        for (int y = 0; y < Size; y++)
        {
            var row = rows.Slice(y * RowBytes, RowBytes);
            row[0] = 0;
            var from = pixels.Slice(y * Size, Size);
            for (int x = from.IndexOf(Scatterplot.Black), step; x < Size; x += step + 1)
            {
                if (x < 0) break;
                row.Slice(1 + 3 * x, 3).Clear();
                step = from[(x + 1)..].IndexOf(Scatterplot.Black);
                if (step < 0) break;
            }
        }
    }

    static Span<byte> Chunk(Span<byte> target, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, data.Length);
        type.CopyTo(target[4..]);
        data.CopyTo(target[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(target[(8 + data.Length)..], Crc32.Of(target.Slice(4, 4 + data.Length)));
        return target[(12 + data.Length)..];
    }
}
