using System.Buffers.Binary;

namespace Candeia.Datasets;

/// <summary>
/// A zlib stream (RFC 1950, 1951) of one block with the fixed codes, that looks for repetitions of the byte before and of the row above: all that a
/// picture of large plain areas needs.
/// </summary>
internal static class RowDeflate
{
    const int Longest = 258, Shortest = 3, Header = 0x7801;

    static readonly (uint Code, int Bits)[] s_literals = [.. Enumerable.Range(0, 256).Select(Symbol)];
    static readonly (uint Code, int Bits)[] s_lengths = [.. Enumerable.Range(0, Longest + 1).Select(n => n < Shortest ? default : Length(n))];

    /// <summary>Enough room for any data of this length.</summary>
    public static int Most(int length) => length / 8 * 9 + 32;

    /// <summary>Packs rows of <paramref name="rowBytes"/> bytes; returns how many bytes of <paramref name="target"/> are used.</summary>
    public static int Pack(ReadOnlySpan<byte> data, int rowBytes, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, Header);
        var bits = new BitWriter(target[2..]);
        bits.Write(0b011, 3); // the last block, fixed codes
        var (above, aboveBits) = Distance(rowBytes);
        for (int i = 0; i < data.Length;)
        {
            int run = i < 1 ? 0 : Match(data, i, 1), repeat = i < rowBytes ? 0 : Match(data, i, rowBytes), length = Math.Max(run, repeat);
            if (length < Shortest)
            {
                bits.Write(s_literals[data[i]].Code, s_literals[data[i]].Bits);
                i++;
                continue;
            }
            bits.Write(s_lengths[length].Code, s_lengths[length].Bits);
            if (run == length) bits.Write(0, 5); // distance 1
            else bits.Write(above, aboveBits);
            i += length;
        }
        bits.Write(0, 7); // end of the block
        int end = 2 + bits.Finish();
        BinaryPrimitives.WriteUInt32BigEndian(target[end..], Adler32(data));
        return end + 4;
    }

    static int Match(ReadOnlySpan<byte> data, int at, int distance)
    {
        int most = Math.Min(Longest, data.Length - at);
        return data.Slice(at, most).CommonPrefixLength(data.Slice(at - distance, most));
    }

    static uint Adler32(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        for (; !data.IsEmpty; a %= 65521, b %= 65521)
        {
            int count = Math.Min(data.Length, 5552);
            foreach (byte value in data[..count]) b += a += value;
            data = data[count..];
        }
        return b << 16 | a;
    }

    /// <summary>A literal or length symbol in the order of the stream, first bit lowest.</summary>
    static (uint, int) Symbol(int symbol) => symbol switch
    {
        < 144 => (Reverse(0b00110000 + symbol, 8), 8),
        < 256 => (Reverse(0b110010000 + symbol - 144, 9), 9),
        < 280 => (Reverse(symbol - 256, 7), 7),
        _ => (Reverse(0b11000000 + symbol - 280, 8), 8),
    };

    static (uint, int) Length(int length)
    {
        if (length == Longest) return Symbol(285);
        // Four symbols for each number of extra bits; the first eight lengths have none.
        int n = length - Shortest, extra = Math.Max(0, 29 - int.LeadingZeroCount(n));
        var (code, bits) = Symbol(257 + (extra > 0 ? 4 * extra : 0) + (n >> extra));
        return (code | (uint)(n & (1 << extra) - 1) << bits, bits + extra);
    }

    static (uint, int) Distance(int distance)
    {
        // Two symbols for each number of extra bits.
        int n = distance - 1, extra = Math.Max(0, 30 - int.LeadingZeroCount(n));
        return (Reverse(2 * extra + (n >> extra), 5) | (uint)(n & (1 << extra) - 1) << 5, 5 + extra);
    }

    static uint Reverse(int code, int bits)
    {
        uint reversed = 0;
        for (int i = 0; i < bits; i++) reversed |= (uint)(code >> i & 1) << (bits - 1 - i);
        return reversed;
    }

    ref struct BitWriter(Span<byte> target)
    {
        readonly Span<byte> _target = target;
        ulong _pending;
        int _count, _at;

        public void Write(uint code, int bits)
        {
            _pending |= (ulong)code << _count;
            for (_count += bits; _count >= 8; _count -= 8, _pending >>= 8) _target[_at++] = (byte)_pending;
        }

        /// <summary>Fills the last byte up with zeros; returns how many bytes there are.</summary>
        public int Finish()
        {
            if (_count > 0) _target[_at++] = (byte)_pending;
            return _at;
        }
    }
}
