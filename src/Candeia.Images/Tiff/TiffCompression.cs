using System.IO.Compression;

namespace Candeia.Images;

/// <summary>The ways in which strips and tiles are made smaller.</summary>
internal static class TiffCompression
{
    const int None = 1, Lzw = 5, Deflate = 8, OldDeflate = 32946, PackBits = 32773;

    /// <summary>How many bytes can come of one at most.</summary>
    public static int MostGrowth(in TiffFile file) => file.Compression switch
    {
        None => 1,
        PackBits => 64,
        Lzw => TiffLzw.MostGrowth,
        Deflate or OldDeflate => 1032,
        var other => throw new ImageFormatException($"compression {other} is not read; none (1), LZW (5), Deflate (8, 32946) and PackBits (32773) are"),
    };

    /// <summary>Fills the bytes of a chunk; more may be there and is passed over.</summary>
    public static void Undo(in TiffFile file, ReadOnlySpan<byte> from, Span<byte> to, int chunk)
    {
        int count = file.Compression switch
        {
            None => Copy(from, to),
            PackBits => Unpack(from, to),
            Lzw => TiffLzw.Undo(from, to),
            _ => Inflate(from, to),
        };
        if (count < to.Length) throw new ImageFormatException($"strip or tile {chunk} is damaged, or ends after {Math.Max(0, count)} of {to.Length} bytes");
    }

    static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        return count;
    }

    /// <summary>Runs of equal bytes, and of different ones.</summary>
    static int Unpack(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int at = 0, done = 0;
        while (done < to.Length && at < from.Length)
        {
            int head = (sbyte)from[at++];
            if (head == -128) continue;
            int count = Math.Min(head >= 0 ? head + 1 : 1 - head, to.Length - done);
            if (at + (head >= 0 ? count : 1) > from.Length) break;
            if (head >= 0) from.Slice(at, count).CopyTo(to[done..]);
            else to.Slice(done, count).Fill(from[at]);
            at += head >= 0 ? count : 1;
            done += count;
        }
        return done;
    }

    static int Inflate(ReadOnlySpan<byte> from, Span<byte> to)
    {
        using var data = new Rented(from.Length);
        from.CopyTo(data.Span);
        using var stream = new MemoryStream(data.Array, 0, from.Length, writable: false);
        using var zlib = new ZLibStream(stream, CompressionMode.Decompress);
        try
        {
            return zlib.ReadAtLeast(to, to.Length, throwOnEndOfStream: false);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return 0;
        }
    }
}
