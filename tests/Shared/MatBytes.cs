using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Candeia.Tests;

/// <summary>An array of a MATLAB file: its class and the type its numbers are stored in, by MATLAB's numbers.</summary>
sealed record MatArray(string Name, int Class, int[] Shape, int Stored, byte[] Data, int Flags = 0);

/// <summary>Files as MATLAB 5 writes them, byte by byte.</summary>
static class MatBytes
{
    public const int Double = 6, UInt8 = 9, UInt16 = 11, Text = 4;

    /// <summary>Doubles stored as bytes, bytes, words, and a text.</summary>
    public static MatArray[] Arrays { get; } =
    [
        new("y", Double, [2, 3], 2, [1, 2, 3, 4, 5, 6]), new("picture", UInt8, [2, 2, 3], 2, [.. Enumerable.Range(0, 12).Select(i => (byte)i)]),
        new("words", UInt16, [1, 2], 4, [1, 0, 0xFF, 0xFF]), new("text", Text, [1, 2], 4, [65, 0, 66, 0]),
    ];

    public static byte[] File(bool compress, bool isBigEndian, params MatArray[] arrays)
    {
        var file = new MemoryStream();
        byte[] head = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file").CopyTo(head, 0);
        (isBigEndian ? "\u0001\0MI"u8 : "\0\u0001IM"u8).CopyTo(head.AsSpan(124));
        file.Write(head);
        foreach (var array in arrays)
        {
            byte[] element = Element(14, isBigEndian, [
                .. Element(6, isBigEndian, [.. Number(array.Class | array.Flags, isBigEndian), 0, 0, 0, 0]), .. Element(5, isBigEndian, [.. array.Shape.SelectMany(n => Number(n, isBigEndian))]),
                .. Element(1, isBigEndian, Encoding.ASCII.GetBytes(array.Name)), .. Element(array.Stored, isBigEndian, array.Data)]);
            if (compress)
            {
                var packed = new MemoryStream();
                using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(element);
                element = [.. Number(15, isBigEndian), .. Number((int)packed.Length, isBigEndian), .. packed.ToArray()];
            }
            file.Write(element);
        }
        return file.ToArray();
    }

    static byte[] Element(int type, bool isBigEndian, byte[] data)
    {
        if (data.Length is > 0 and <= 4) return [.. Number(type | data.Length << 16, isBigEndian), .. data, .. new byte[4 - data.Length]];
        return [.. Number(type, isBigEndian), .. Number(data.Length, isBigEndian), .. data, .. new byte[(8 - data.Length % 8) % 8]];
    }

    static byte[] Number(int number, bool isBigEndian)
    {
        byte[] bytes = new byte[4];
        if (isBigEndian) BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        else BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
