using System.Buffers;
using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>
/// The coded pixels of a file: what lies between two restarts is a part, without the zeros that stand behind bytes of ones. Behind each part lie zeros, so that more
/// bytes can be read at once than are there.
/// </summary>
internal sealed class ScanParts : IDisposable
{
    /// <summary>So many zeros lie behind a part.</summary>
    public const int Padding = 16;

    const int MostFileBytes = 1 << 26;
    const byte EndOfImage = 0xD9, FirstRestart = 0xD0;
    readonly byte[] _bytes;
    readonly List<Range> _parts = [];

    ScanParts(int length) => _bytes = ArrayPool<byte>.Shared.Rent(length);

    /// <summary>A part with the zeros behind it.</summary>
    public ReadOnlySpan<byte> this[int part] => _bytes.AsSpan(_parts[part]);

    /// <summary>The parts of a file; null where there are more or fewer, or something else stands among them.</summary>
    public static ScanParts? Read(ReadOnlySpan<byte> file, int start, int count)
    {
        if (file.Length > MostFileBytes || count > file.Length) return null;
        var parts = new ScanParts(file.Length + (count + 1) * Padding);
        if (parts.Fill(file[start..], count)) return parts;
        parts.Dispose();
        return null;
    }

    bool Fill(ReadOnlySpan<byte> from, int count)
    {
        for (int to = 0, begin = 0; _parts.Count < count;)
        {
            int found = from.IndexOf((byte)0xFF);
            if (found < 0 || found + 1 >= from.Length) return false;
            from[..found].CopyTo(_bytes.AsSpan(to));
            to += found;
            byte marker = from[found + 1];
            from = from[(found + 2)..];
            if (marker == 0)
            {
                _bytes[to++] = 0xFF;
                continue;
            }
            if (marker != (_parts.Count == count - 1 ? EndOfImage : FirstRestart + _parts.Count % 8)) return false;
            _bytes.AsSpan(to, Padding).Clear();
            to += Padding;
            _parts.Add(begin..to);
            begin = to;
        }
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}

/// <summary>Reads codes from a part.</summary>
internal ref struct ScanBits(ReadOnlySpan<byte> part)
{
    // A code of 16 bits and as many of its value.
    const int Enough = 32, Word = 64;

    // As long as the coefficients of a block are no more together, nothing overflows on the way to its pixels, and all ways give the same.
    const long MostTogether = 5900;

    readonly ReadOnlySpan<byte> _part = part;
    ulong _bits;
    int _left, _next;

    /// <summary>Where each coefficient of a block stands in it, in the order in which they are stored.</summary>
    static readonly byte[] s_places =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Whether more was read than is there.</summary>
    public readonly bool IsBeyondEnd => _next * 8L - _left > (_part.Length - ScanParts.Padding) * 8L;

    /// <summary>Reads a block of coefficients, times their steps.</summary>
    /// <param name="channel">What codes and steps it has.</param>
    /// <param name="mean">That of the block before; gets this one's.</param>
    /// <param name="block">64 zeros; gets the coefficients.</param>
    /// <returns>How many are stored: 1, if all are 0 but the mean; 0, if there is no such code, or no picture has such coefficients.</returns>
    public int Read(in BaselineHeader.Channel channel, ref int mean, scoped Span<short> block)
    {
        var (table, found, steps, places) = (channel.Others, channel.Others.Found, channel.Steps, s_places);
        if (!Mean(channel, ref mean)) return 0;
        ulong bits = _bits;
        int left = _left, last = 1;
        long together = Math.Abs((long)mean * steps[0]);
        block[0] = (short)(mean * steps[0]);
        for (int k = 1; k < steps.Length; k++)
        {
            if (left < Enough)
            {
                bits |= Following(left, out int more);
                left += more;
            }
            int entry = found[(int)(bits >> (Word - HuffmanTable.Bits))];
            if (entry == 0 && (entry = table.Long((int)(bits >> (Word - HuffmanTable.Longest)))) == 0) return 0;
            int value = entry >> 16, zeros = (entry >> 8) & 15, size = (entry >> 12) & 15;
            bits <<= entry & 63;
            left -= entry & 63;
            k += zeros;
            if (size > 0)
            {
                value = HuffmanTable.Extend((int)(bits >> (Word - size)), size);
                bits <<= size;
                left -= size;
            }
            else if (value == 0)
            {
                if (zeros != 15) break;
                continue;
            }
            if (k >= steps.Length) return 0;
            value *= steps[k];
            together += Math.Abs(value);
            block[places[k]] = (short)value;
            last = k + 1;
        }
        (_bits, _left) = (bits, left);
        return together <= MostTogether ? last : 0;
    }

    /// <summary>Passes over a block of which the mean alone counts, for the next ones; false if there is no such code.</summary>
    /// <param name="channel">What codes it has.</param>
    /// <param name="mean">That of the block before; gets this one's.</param>
    public bool Skip(in BaselineHeader.Channel channel, ref int mean)
    {
        var (table, found) = (channel.Others, channel.Others.Found);
        if (!Mean(channel, ref mean)) return false;
        ulong bits = _bits;
        int left = _left;
        for (int k = 1; k < channel.Steps.Length; k++)
        {
            if (left < Enough)
            {
                bits |= Following(left, out int more);
                left += more;
            }
            int entry = found[(int)(bits >> (Word - HuffmanTable.Bits))];
            if (entry == 0 && (entry = table.Long((int)(bits >> (Word - HuffmanTable.Longest)))) == 0) return false;
            int zeros = (entry >> 8) & 15, length = (entry & 63) + ((entry >> 12) & 15);
            bits <<= length;
            left -= length;
            k += zeros;
            if (entry >> 12 != 0)
            {
                if (k >= channel.Steps.Length) return false;
            }
            else if (zeros != 15) break;
        }
        (_bits, _left) = (bits, left);
        return true;
    }

    bool Mean(in BaselineHeader.Channel channel, ref int mean)
    {
        _bits |= Following(_left, out int more);
        _left += more;
        int entry = channel.Direct.Found[(int)(_bits >> (Word - HuffmanTable.Bits))];
        if (entry == 0 && (entry = channel.Direct.Long((int)(_bits >> (Word - HuffmanTable.Longest)))) == 0) return false;
        int size = (entry >> 12) & 15;
        _bits <<= entry & 63;
        mean += size > 0 ? HuffmanTable.Extend((int)(_bits >> (Word - size)), size) : entry >> 16;
        _bits <<= size;
        _left -= (entry & 63) + size;
        return true;
    }

    /// <summary>What follows the bits that are there, as far as whole bytes fit, and how many bits these are; zeros follow the end.</summary>
    ulong Following(int left, out int more)
    {
        int at = Math.Min(_next, _part.Length - sizeof(ulong)), bytes = (Word - 1 - left) >> 3;
        _next += bytes;
        more = bytes << 3;
        return BinaryPrimitives.ReadUInt64BigEndian(_part.Slice(at, sizeof(ulong))) >> left;
    }
}
