using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Candeia;

/// <summary>Writes a zip archive in which stored entries can begin at multiples of a size, so that they can be mapped. The same entries make the same bytes.</summary>
internal sealed class ZipWriter(Stream stream)
{
    const int LocalBytes = 30;
    const ushort Date = 0x0021;                                              // 1 January 1980, the first that there is
    readonly long _begin = stream.Position;
    readonly List<(byte[] Name, int Method, uint Crc, long Packed, long Length, long Offset)> _entries = [];

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="alignment">Its bytes begin at a multiple of it; 1, where that does not matter.</param>
    /// <param name="compress">Whether it is deflated.</param>
    /// <param name="write">Writes its bytes.</param>
    public void Add(string name, int alignment, bool compress, Action<Stream> write)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        long offset = stream.Position - _begin;
        int method = compress ? ZipEntry.Deflated : ZipEntry.Stored;
        byte[] header = new byte[LocalBytes + nameBytes.Length + Padding(offset + LocalBytes + nameBytes.Length, alignment)];
        stream.Write(header);
        long start = stream.Position;
        uint crc;
        long length;
        if (compress)
        {
            using var deflate = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            (crc, length) = Checked(deflate, write);
        }
        else (crc, length) = Checked(stream, write);
        long end = stream.Position, packed = end - start;
        if (packed >= uint.MaxValue || length >= uint.MaxValue) throw new TensorFileException($"'{name}' has {length:N0} bytes; an entry of an archive that others read has less than 4 GiB.");

        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034b50);
        Common(header.AsSpan(4), method, crc, packed, length, nameBytes.Length);
        int extra = header.Length - LocalBytes - nameBytes.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), (ushort)extra);
        nameBytes.CopyTo(header, LocalBytes);
        if (extra > 0)
        {
            "FB"u8.CopyTo(header.AsSpan(LocalBytes + nameBytes.Length));     // the field by which PyTorch pads
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(LocalBytes + nameBytes.Length + 2), (ushort)(extra - 4));
            header.AsSpan(LocalBytes + nameBytes.Length + 4).Fill((byte)'Z');
        }
        stream.Position = start - header.Length;
        stream.Write(header);
        stream.Position = end;
        _entries.Add((nameBytes, method, crc, packed, length, offset));
    }

    /// <summary>Writes the directory.</summary>
    public void Finish()
    {
        long start = stream.Position - _begin;
        Span<byte> c = stackalloc byte[46 + 12];
        foreach (var (name, method, crc, packed, length, offset) in _entries)
        {
            c.Clear();
            bool isFar = offset >= uint.MaxValue;
            BinaryPrimitives.WriteUInt32LittleEndian(c, 0x02014b50);
            BinaryPrimitives.WriteUInt16LittleEndian(c[4..], (ushort)(isFar ? 45 : 20));
            Common(c[6..], method, crc, packed, length, name.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(c[42..], isFar ? uint.MaxValue : (uint)offset);
            if (isFar)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(c[30..], 12);
                BinaryPrimitives.WriteUInt16LittleEndian(c[46..], 1);
                BinaryPrimitives.WriteUInt16LittleEndian(c[48..], 8);
                BinaryPrimitives.WriteInt64LittleEndian(c[50..], offset);
            }
            stream.Write(c[..46]);
            stream.Write(name);
            if (isFar) stream.Write(c[46..]);
        }
        WriteEnd(start, stream.Position - _begin - start);
    }

    void WriteEnd(long start, long length)
    {
        bool isLarge = start >= uint.MaxValue || _entries.Count >= ushort.MaxValue;
        if (isLarge)
        {
            Span<byte> end64 = stackalloc byte[56 + 20];
            end64.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(end64, 0x06064b50);
            BinaryPrimitives.WriteInt64LittleEndian(end64[4..], 44);
            BinaryPrimitives.WriteUInt16LittleEndian(end64[12..], 45);
            BinaryPrimitives.WriteUInt16LittleEndian(end64[14..], 45);
            BinaryPrimitives.WriteInt64LittleEndian(end64[24..], _entries.Count);
            BinaryPrimitives.WriteInt64LittleEndian(end64[32..], _entries.Count);
            BinaryPrimitives.WriteInt64LittleEndian(end64[40..], length);
            BinaryPrimitives.WriteInt64LittleEndian(end64[48..], start);
            BinaryPrimitives.WriteUInt32LittleEndian(end64[56..], 0x07064b50);
            BinaryPrimitives.WriteInt64LittleEndian(end64[64..], start + length);
            BinaryPrimitives.WriteInt32LittleEndian(end64[72..], 1);
            stream.Write(end64);
        }
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        ushort count = isLarge ? ushort.MaxValue : (ushort)_entries.Count;
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], isLarge ? uint.MaxValue : (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], isLarge ? uint.MaxValue : (uint)start);
        stream.Write(end);
    }

    // What both headers say in the same order: version, flags (names are UTF-8), method, time, date, check, sizes, length of the name.
    static void Common(Span<byte> h, int method, uint crc, long packed, long length, int nameLength)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(h, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(h[2..], 0x0800);
        BinaryPrimitives.WriteUInt16LittleEndian(h[4..], (ushort)method);
        BinaryPrimitives.WriteUInt16LittleEndian(h[8..], Date);
        BinaryPrimitives.WriteUInt32LittleEndian(h[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(h[14..], (uint)packed);
        BinaryPrimitives.WriteUInt32LittleEndian(h[18..], (uint)length);
        BinaryPrimitives.WriteUInt16LittleEndian(h[22..], (ushort)nameLength);
    }

    // An extra field has a header of four bytes.
    static int Padding(long at, int alignment) => alignment <= 1 ? 0 : at % alignment == 0 ? 0 : (int)(alignment - (at + 4) % alignment) % alignment + 4;

    static (uint Crc, long Length) Checked(Stream target, Action<Stream> write)
    {
        var counting = new CheckedStream(target);
        write(counting);
        return (counting.Crc, counting.Count);
    }

    /// <summary>Counts and checks what passes on its way.</summary>
    sealed class CheckedStream(Stream target) : Stream
    {
        public uint Crc { get; private set; }

        public long Count { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Crc = Crc32.Of(buffer, Crc);
            Count += buffer.Length;
            target.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
