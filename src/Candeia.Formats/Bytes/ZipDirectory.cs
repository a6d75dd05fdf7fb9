using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace Candeia;

/// <summary>
/// What is in a zip archive that may be hostile. Its directory is checked against the header of every entry, so that no two readers can see different
/// archives: names, sizes, methods and checks must agree, names occur once, no two entries overlap, nothing is encrypted.
/// </summary>
/// <remarks>The format: <see href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT"/>. 64-bit sizes are understood, several disks are not.</remarks>
internal sealed class ZipDirectory
{
    const int EndBytes = 22, CentralBytes = 46, LocalBytes = 30, MostComment = 65535, MostEntries = 1_000_000, MostRatio = 1032;
    const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50, CentralSignature = 0x02014b50, LocalSignature = 0x04034b50;
    static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);
    readonly FileBytes _file;
    readonly Dictionary<string, ZipEntry> _byName = [];

    public ZipDirectory(FileBytes file)
    {
        _file = file;
        var (start, length, count) = FindEnd();
        byte[] central = file.Read(start, length);
        if (count > MostEntries || count > length / CentralBytes) throw file.Error($"the archive announces {count:N0} entries, but its directory has {length:N0} bytes");
        var entries = ImmutableArray.CreateBuilder<ZipEntry>((int)count);
        int at = 0;
        for (long i = 0; i < count; i++)
        {
            var entry = Next(central, ref at, start);
            if (!_byName.TryAdd(entry.Name, entry)) throw file.Error($"{Quote(entry.Name)} is in the archive twice");
            entries.Add(entry);
        }
        if (at != central.Length) throw file.Error($"the directory of the archive has {central.Length - at:N0} bytes that belong to no entry");
        Entries = entries.ToImmutable();
        CheckOverlap(start);
    }

    public ImmutableArray<ZipEntry> Entries { get; }

    /// <summary>Whether a file begins as an archive does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    public ZipEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>All bytes of an entry, which has at most so many; the check must be right.</summary>
    public byte[] Read(ZipEntry entry, long most = int.MaxValue)
    {
        if (entry.Length > most) throw _file.Error($"{Quote(entry.Name)} has {entry.Length:N0} bytes, more than the {most:N0} that it may have");
        if (entry.Method == ZipEntry.Stored)
        {
            byte[] stored = _file.Read(entry.Start, entry.Length);
            CheckCrc(entry, Crc32.Of(stored));
            return stored;
        }
        byte[] bytes = new byte[entry.Length];
        Unpack(entry, bytes);
        return bytes;
    }

    /// <summary>The first bytes of an entry, up to so many, unchecked.</summary>
    public byte[] Head(ZipEntry entry, int most)
    {
        int length = (int)Math.Min(most, entry.Length);
        if (entry.Method == ZipEntry.Stored) return _file.Read(entry.Start, length);
        byte[] bytes = new byte[length];
        using var source = Inflate(entry);
        ReadExactly(entry, source, bytes);
        return bytes;
    }

    /// <summary>Unpacks some bytes of an entry, the check of which must be right.</summary>
    public void Unpack(ZipEntry entry, long from, Span<byte> target)
    {
        using var source = Inflate(entry);
        byte[] head = new byte[from];
        ReadExactly(entry, source, head);
        ReadExactly(entry, source, target);
        Finish(entry, source, from + target.Length, Crc32.Of(target, Crc32.Of(head)));
    }

    /// <summary>Refuses an entry that was damaged.</summary>
    public void CheckCrc(ZipEntry entry, uint crc)
    {
        if (crc != entry.Crc) throw _file.Error($"{Quote(entry.Name)} is damaged: the check of its bytes is {crc:x8}, not {entry.Crc:x8} as the archive says");
    }

    void Unpack(ZipEntry entry, Span<byte> target) => Unpack(entry, 0, target);

    // Of deflated bytes there are never more than the directory says, and at most 1032 for each in the archive.
    DeflateStream Inflate(ZipEntry entry) => new(new MemoryStream(_file.Read(entry.Start, entry.Packed), writable: false), CompressionMode.Decompress);

    void ReadExactly(ZipEntry entry, DeflateStream source, Span<byte> target)
    {
        try
        {
            if (source.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length) return;
        }
        catch (InvalidDataException e)
        {
            throw _file.Error($"{Quote(entry.Name)} cannot be unpacked", e);
        }
        throw _file.Error($"{Quote(entry.Name)} unpacks to fewer bytes than the archive says");
    }

    void Finish(ZipEntry entry, DeflateStream source, long done, uint crc)
    {
        byte[] buffer = new byte[4096];
        try
        {
            for (int count; (count = source.Read(buffer)) > 0 && done <= entry.Length; done += count) crc = Crc32.Of(buffer.AsSpan(0, count), crc);
        }
        catch (InvalidDataException e)
        {
            throw _file.Error($"{Quote(entry.Name)} cannot be unpacked", e);
        }
        if (done != entry.Length) throw _file.Error($"{Quote(entry.Name)} unpacks to other than the {entry.Length:N0} bytes that the archive says");
        CheckCrc(entry, crc);
    }

    (long Start, long Length, long Count) FindEnd()
    {
        long tailLength = Math.Min(_file.Length, EndBytes + MostComment), tailStart = _file.Length - tailLength;
        byte[] tail = _file.Read(tailStart, tailLength);
        for (int at = tail.Length - EndBytes; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (U32(end) != EndSignature || at + EndBytes + U16(end[20..]) != tail.Length) continue;
            return ReadEnd(end, tailStart + at);
        }
        throw _file.Error($"the archive has no directory at its end; it is cut off or damaged");
    }

    (long Start, long Length, long Count) ReadEnd(ReadOnlySpan<byte> end, long position)
    {
        long count = U16(end[10..]), length = U32(end[12..]), start = U32(end[16..]);
        if (U16(end[4..]) is not (0 or 0xFFFF) || U16(end[6..]) is not (0 or 0xFFFF) || U16(end[8..]) != count) throw _file.Error($"the archive is spread over several disks");
        if (position >= 20 && U32(_file.Read(position - 20, 4)) == Locator64Signature)
        {
            byte[] locator = _file.Read(position - 20, 20);
            ulong at = BinaryPrimitives.ReadUInt64LittleEndian(locator.AsSpan(8));
            if (at > (ulong)position - 20) throw _file.Error($"the 64-bit directory of the archive begins behind its end");
            byte[] end64 = _file.Read((long)at, 56);
            if (U32(end64) != End64Signature) throw _file.Error($"the archive has no 64-bit directory where it says");
            (count, length, start) = (Agree(count, 0xFFFF, end64, 32), Agree(length, uint.MaxValue, end64, 40), Agree(start, uint.MaxValue, end64, 48));
            position = (long)at;
        }
        // Nothing may stand between: another directory could hide there.
        if (start < 0 || length < 0 || start > position || length != position - start) throw _file.Error($"the directory of the archive does not end where its end is described");
        return (start, length, count);
    }

    // A 64-bit number counts where the 32-bit one says so; otherwise both must be the same.
    long Agree(long small, long escape, ReadOnlySpan<byte> end64, int at)
    {
        long large = (long)BinaryPrimitives.ReadUInt64LittleEndian(end64[at..]);
        return small == escape || small == large ? large : throw _file.Error($"the archive has two directories that differ");
    }

    ZipEntry Next(ReadOnlySpan<byte> central, ref int at, long centralStart)
    {
        if (central.Length - at < CentralBytes) throw _file.Error($"the directory of the archive is cut off");
        var c = central[at..];
        if (U32(c) != CentralSignature) throw _file.Error($"the directory of the archive is damaged at its byte {at}");
        int nameLength = U16(c[28..]), extraLength = U16(c[30..]), commentLength = U16(c[32..]), all = CentralBytes + nameLength + extraLength + commentLength;
        if (c.Length < all) throw _file.Error($"the directory of the archive is cut off");
        var nameBytes = c.Slice(CentralBytes, nameLength);
        string name = Name(nameBytes);
        int flags = U16(c[8..]), method = U16(c[10..]);
        uint crc = U32(c[16..]);
        long packed = U32(c[20..]), length = U32(c[24..]), offset = U32(c[42..]);
        var extra = c.Slice(CentralBytes + nameLength, extraLength);
        Widen(extra, ref length, ref packed, ref offset);
        at += all;
        if ((flags & 0x2041) != 0) throw _file.Error($"{Quote(name)} is encrypted");
        if (method is not (ZipEntry.Stored or ZipEntry.Deflated)) throw _file.Error($"{Quote(name)} is compressed by method {method}; store or deflate it");
        if (packed < 0 || length < 0 || offset < 0 || offset > centralStart - LocalBytes) throw _file.Error($"{Quote(name)} does not lie in the archive");
        if (method == ZipEntry.Stored ? packed != length : length > (Int128)MostRatio * (packed + 1)) throw _file.Error($"{Quote(name)} cannot have {length:N0} bytes, of which {packed:N0} are in the archive");

        byte[] local = _file.Read(offset, LocalBytes);
        if (U32(local) != LocalSignature) throw _file.Error($"{Quote(name)} is not where the directory of the archive says");
        int localName = U16(local.AsSpan(26)), localExtra = U16(local.AsSpan(28));
        byte[] rest = _file.Read(offset + LocalBytes, localName + localExtra);
        if (!nameBytes.SequenceEqual(rest.AsSpan(0, localName))) throw Differ(name, "another name");
        if (U16(local.AsSpan(6)) != flags) throw Differ(name, "other flags");
        if (U16(local.AsSpan(8)) != method) throw Differ(name, "another method");
        uint localCrc = U32(local.AsSpan(14));
        long localPacked = U32(local.AsSpan(18)), localLength = U32(local.AsSpan(22)), none = 0;
        Widen(rest.AsSpan(localName), ref localLength, ref localPacked, ref none);
        bool follows = (flags & 8) != 0;                                     // check and sizes stand behind the data; zeros here
        if (!(localCrc == crc || follows && localCrc == 0)) throw Differ(name, "another check");
        if (!(localLength == length && localPacked == packed || follows && localLength == 0 && localPacked == 0)) throw Differ(name, "other sizes");
        long start = offset + LocalBytes + localName + localExtra;
        if (packed > centralStart - start) throw _file.Error($"{Quote(name)} does not lie in the archive");
        return new(name, method, crc, packed, length, offset, start);
    }

    TensorFileException Differ(string name, string what) => _file.Error($"{Quote(name)} has {what} in its own header than in the directory of the archive");

    // The 64-bit numbers stand in the extra field 1, only those that did not fit, in this order.
    void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            int id = U16(extra), size = U16(extra[2..]);
            if (size > extra.Length - 4) return;
            if (id == 1)
            {
                var field = extra.Slice(4, size);
                Take(ref field, ref length);
                Take(ref field, ref packed);
                Take(ref field, ref offset);
                return;
            }
            extra = extra[(4 + size)..];
        }
    }

    void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue) return;
        if (field.Length < 8) throw _file.Error($"the archive lacks a 64-bit number that it announces");
        value = (long)BinaryPrimitives.ReadUInt64LittleEndian(field);
        field = field[8..];
    }

    void CheckOverlap(long end)
    {
        long before = 0;
        foreach (var entry in Entries.OrderBy(e => e.Start))
        {
            if (entry.Header < before) throw _file.Error($"{Quote(entry.Name)} overlaps another entry of the archive");
            before = entry.Start + entry.Packed;
        }
        if (before > end) throw _file.Error($"the entries of the archive reach into its directory");
    }

    string Name(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw _file.Error($"a name in the archive is no UTF-8", e);
        }
    }

    static string Quote(string name) => TensorFileException.Quote(name);

    static int U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
