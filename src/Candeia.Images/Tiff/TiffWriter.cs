using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>A TIFF file of one strip: differences of neighbours, deflated.</summary>
internal static class TiffWriter
{
    const int HeaderBytes = 8, EntryBytes = 12, Short = 3, Long = 4;

    public static byte[] Encode(Image image)
    {
        int channels = image.Channels, bits = image.BitsPerSample;
        byte[] strip = Deflated(image);
        List<(TiffField Field, int Type, uint[] Numbers)> fields =
        [
            (TiffField.Width, Long, [(uint)image.Width]), (TiffField.Height, Long, [(uint)image.Height]), (TiffField.Bits, Short, [.. Enumerable.Repeat((uint)bits, channels)]),
            (TiffField.Compression, Short, [8]), (TiffField.Colours, Short, [channels < 3 ? 1u : 2u]), (TiffField.StripOffsets, Long, [HeaderBytes]),
            (TiffField.Samples, Short, [(uint)channels]), (TiffField.StripRows, Long, [(uint)image.Height]), (TiffField.StripBytes, Long, [(uint)strip.Length]),
            (TiffField.Planes, Short, [1]), (TiffField.Predictor, Short, [2]),
        ];
        if (channels is 2 or 4) fields.Add((TiffField.Extra, Short, [2]));

        using var file = new MemoryStream();
        Span<byte> four = stackalloc byte[4];
        void Write(uint number, int bytes, Span<byte> room)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(room, number);
            file.Write(room[..bytes]);
        }
        int list = HeaderBytes + strip.Length + strip.Length % 2, beyond = list + 2 + EntryBytes * fields.Count + 4;
        file.Write("II"u8);
        Write(42, 2, four);
        Write((uint)list, 4, four);
        file.Write(strip);
        if (strip.Length % 2 > 0) file.WriteByte(0);
        Write((uint)fields.Count, 2, four);
        foreach (var (field, type, numbers) in fields)
        {
            int bytes = type == Short ? 2 : 4, all = bytes * numbers.Length;
            Write((uint)field, 2, four);
            Write((uint)type, 2, four);
            Write((uint)numbers.Length, 4, four);
            if (all > 4) Write((uint)beyond, 4, four);
            else for (int i = 0; i < 4 / bytes; i++) Write(i < numbers.Length ? numbers[i] : 0, bytes, four);
            if (all > 4) beyond += all;
        }
        Write(0, 4, four);
        foreach (var (_, type, numbers) in fields)
            if (numbers.Length * (type == Short ? 2 : 4) > 4) foreach (uint number in numbers) Write(number, type == Short ? 2 : 4, four);
        return file.ToArray();
    }

    static byte[] Deflated(Image image)
    {
        using var strip = new MemoryStream();
        using (var zlib = new ZLibStream(strip, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] row = new byte[image.Info.RowBytes];
            for (int y = 0; y < image.Height; y++)
            {
                image.Row(y).CopyTo(row);
                Differ(row, image.BitsPerSample, image.Channels);
                zlib.Write(row);
            }
        }
        return strip.ToArray();
    }

    static void Differ(Span<byte> row, int bits, int step)
    {
        if (bits == 8)
        {
            for (int i = row.Length - 1; i >= step; i--) row[i] -= row[i - step];
            return;
        }
        var twos = MemoryMarshal.Cast<byte, ushort>(row);
        for (int i = twos.Length - 1; i >= step; i--) twos[i] -= twos[i - step];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(twos, twos);
    }
}
