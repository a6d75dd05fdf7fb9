using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>The samples of a TIFF file as they lie in memory: pixel by pixel, each of whole bytes in the machine's order.</summary>
internal static class TiffSamples
{
    public static void Read(in TiffFile file, Span<byte> samples)
    {
        var chunks = file.Chunks;
        int perPixel = chunks.Planes == 1 ? file.Samples : 1, rowBytes = (int)chunks.RowBytes, wide = file.SampleBytes, perRow = chunks.Width * perPixel;
        using var raw = new Rented(rowBytes * chunks.Height);
        using var line = new Rented(perRow * wide);
        for (int i = 0; i < chunks.Count; i++)
        {
            int plane = i / (chunks.Across * chunks.Down), place = i % (chunks.Across * chunks.Down), top = place / chunks.Across * chunks.Height, left = place % chunks.Across * chunks.Width;
            int rows = Math.Min(chunks.Height, file.Height - top), columns = Math.Min(chunks.Width, file.Width - left);
            var bytes = raw.Span[..(rowBytes * (chunks.AreTiles ? chunks.Height : rows))];
            TiffCompression.Undo(file, chunks[i], bytes, i);
            for (int y = 0; y < rows; y++)
            {
                var row = line.Span;
                Widen(bytes.Slice(y * rowBytes, rowBytes), row, file.Bits);
                if (file.IsSwapped) Swap(row, wide);
                if (file.IsPredicted) AddUp(row, wide, perPixel);
                var to = samples[(int)(((long)(top + y) * file.Width + left) * file.Samples * wide)..];
                if (chunks.Planes == 1) row[..(columns * perPixel * wide)].CopyTo(to);
                else for (int x = 0; x < columns; x++) row.Slice(x * wide, wide).CopyTo(to[((x * file.Samples + plane) * wide)..]);
            }
        }
    }

    /// <summary>Samples of less than a byte get a byte each.</summary>
    static void Widen(ReadOnlySpan<byte> row, Span<byte> to, int bits)
    {
        if (bits >= 8)
        {
            row[..to.Length].CopyTo(to);
            return;
        }
        int perByte = 8 / bits, mask = (1 << bits) - 1;
        for (int i = 0; i < to.Length; i++) to[i] = (byte)(row[i / perByte] >> (perByte - 1 - i % perByte) * bits & mask);
    }

    static void Swap(Span<byte> row, int wide)
    {
        if (wide == 2) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(row), MemoryMarshal.Cast<byte, ushort>(row));
        if (wide == 4) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(row), MemoryMarshal.Cast<byte, uint>(row));
        if (wide == 8) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(row), MemoryMarshal.Cast<byte, ulong>(row));
    }

    /// <summary>From differences to values, sample by sample.</summary>
    static void AddUp(Span<byte> row, int wide, int step)
    {
        if (wide == 1) for (int i = step; i < row.Length; i++) row[i] += row[i - step];
        var twos = MemoryMarshal.Cast<byte, ushort>(row);
        if (wide == 2) for (int i = step; i < twos.Length; i++) twos[i] += twos[i - step];
        var fours = MemoryMarshal.Cast<byte, uint>(row);
        if (wide == 4) for (int i = step; i < fours.Length; i++) fours[i] += fours[i - step];
    }
}
