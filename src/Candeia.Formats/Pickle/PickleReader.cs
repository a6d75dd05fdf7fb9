using System.Buffers.Binary;
using System.Text;

namespace Candeia;

/// <summary>Reads a part of a file from its beginning to its end; that bytes are there is checked before memory is taken for them.</summary>
internal sealed class PickleReader(FileBytes file, long start, long end)
{
    const int BufferBytes = 1 << 14, MostText = 1 << 24;
    static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);
    readonly byte[] _buffer = new byte[Math.Min(BufferBytes, end - start)];
    long _next = start;
    int _at, _count;

    public FileBytes File => file;

    /// <summary>The position in the file.</summary>
    public long Position => _next - _count + _at;

    public long Remaining => end - Position;

    public byte Byte()
    {
        if (_at == _count) Fill();
        return _buffer[_at++];
    }

    public int U16() => Byte() | Byte() << 8;

    public uint U32() => (uint)U16() | (uint)U16() << 16;

    public long I64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double BigEndianDouble()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadDoubleBigEndian(bytes);
    }

    public byte[] Bytes(long count)
    {
        if (count < 0 || count > Remaining) throw file.Error($"{(ulong)count:N0} bytes are announced at byte {Position:N0}, but {Remaining:N0} follow; the pickle is cut off or damaged");
        if (count > MostText) throw file.Error($"a text of {count:N0} bytes stands at byte {Position:N0}; {MostText:N0} are allowed");
        byte[] bytes = new byte[count];
        Read(bytes);
        return bytes;
    }

    public string Utf8(long count)
    {
        long position = Position;
        return Utf8OrNull(Bytes(count)) ?? throw file.Error($"the text at byte {position:N0} is no UTF-8");
    }

    /// <summary>A text, if that is what the bytes are.</summary>
    public static string? Utf8OrNull(byte[] bytes)
    {
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The rest of a line; names of modules and classes have less than so many bytes.</summary>
    public string Line(int most = 1000)
    {
        var line = new List<byte>();
        for (byte b; (b = Byte()) != '\n'; line.Add(b))
            if (line.Count == most) throw file.Error($"a name of more than {most} bytes stands at byte {Position - most:N0}");
        return Utf8OrNull([.. line]) ?? throw file.Error($"the name before byte {Position:N0} is no UTF-8");
    }

    /// <summary>Goes on behind so many bytes, which are there.</summary>
    public void Skip(long count)
    {
        if (count < 0 || count > Remaining) throw file.Error($"{(ulong)count:N0} bytes are announced at byte {Position:N0}, but {Remaining:N0} follow; the file is cut off or damaged");
        _next = Position + count;
        _at = _count = 0;
    }

    public void Read(Span<byte> target)
    {
        if (target.Length > Remaining) throw Over();
        int buffered = Math.Min(target.Length, _count - _at);
        _buffer.AsSpan(_at, buffered).CopyTo(target);
        _at += buffered;
        if (buffered == target.Length) return;
        file.Read(_next, target[buffered..]);
        _next += target.Length - buffered;
        _at = _count = 0;
    }

    void Fill()
    {
        if (_next >= end) throw Over();
        _count = (int)Math.Min(_buffer.Length, end - _next);
        _at = 0;
        file.Read(_next, _buffer.AsSpan(0, _count));
        _next += _count;
    }

    TensorFileException Over() => file.Error($"the pickle ends at byte {end:N0} before it is complete; the file is cut off or damaged");
}
