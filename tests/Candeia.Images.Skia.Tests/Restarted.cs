using System.Buffers.Binary;

namespace Candeia.Images.Tests;

/// <summary>A baseline JPEG file written again with restarts: its coefficients are the same.</summary>
static class Restarted
{
    public static byte[] Of(byte[] file, int interval)
    {
        var header = BaselineHeader.Read(file)!;
        var codes = Codes(file);
        using var parts = ScanParts.Read(file, header.Start, 1)!;
        var bits = new ScanBits(parts[0]);
        int across = (header.Width + 8 * header.Across - 1) / (8 * header.Across), groups = across * ((header.Height + 8 * header.Down - 1) / (8 * header.Down));
        // The marker of the interval stands before that of the scan.
        int scan = header.Start - BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(header.Start - 12)) - 2;
        Assert.Equal([0xFF, 0xDA], file[scan..(scan + 2)]);
        List<byte> to = [.. file[..scan], 0xFF, 0xDD, 0, 4, (byte)(interval >> 8), (byte)interval, .. file[scan..header.Start]];
        var plain = header.Channels.Select(c => c with { Steps = [.. Enumerable.Repeat((short)1, 64)] }).ToArray();
        int[] means = new int[3], written = new int[3];
        var writer = new Writer(to);
        for (int group = 0; group < groups; group++)
        {
            if (group > 0 && group % interval == 0)
            {
                writer.Flush();
                to.AddRange([0xFF, (byte)(0xD0 + (group / interval - 1) % 8)]);
                Array.Clear(written);
            }
            for (int i = 0; i < 3; i++)
                for (int k = 0; k < plain[i].Across * plain[i].Down; k++)
                {
                    short[] block = new short[64];
                    Assert.NotEqual(0, bits.Read(plain[i], ref means[i], block));
                    Write(writer, block, means[i] - written[i], codes[(0, i > 0 ? 1 : 0)], codes[(1, i > 0 ? 1 : 0)]);
                    written[i] = means[i];
                }
        }
        writer.Flush();
        return [.. to, 0xFF, 0xD9];
    }

    static readonly int[] s_places = Places();

    // From the upper left to the lower right, to and fro.
    static int[] Places() => [.. Enumerable.Range(0, 64).OrderBy(p => p % 8 + p / 8).ThenBy(p => (p % 8 + p / 8) % 2 == 0 ? p % 8 : p / 8)];

    static void Write(Writer to, short[] block, int difference, Dictionary<int, (int Code, int Length)> direct, Dictionary<int, (int Code, int Length)> others)
    {
        Value(to, direct, 0, difference);
        int zeros = 0;
        for (int k = 1; k < 64; k++)
        {
            int value = block[s_places[k]];
            if (value == 0)
            {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) Value(to, others, 15, 0);
            Value(to, others, zeros, value);
            zeros = 0;
        }
        if (zeros > 0) Value(to, others, 0, 0);
    }

    static void Value(Writer to, Dictionary<int, (int Code, int Length)> codes, int zeros, int value)
    {
        int size = 0;
        while (Math.Abs(value) >> size > 0) size++;
        var (code, length) = codes[(zeros << 4) | size];
        to.Add(code, length);
        to.Add(value < 0 ? value + (1 << size) - 1 : value, size);
    }

    /// <summary>By kind and number of the table, the code of each symbol.</summary>
    static Dictionary<(int Kind, int Number), Dictionary<int, (int Code, int Length)>> Codes(byte[] file)
    {
        Dictionary<(int, int), Dictionary<int, (int, int)>> all = [];
        for (int at = 2; file[at + 1] != 0xDA; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)))
        {
            if (file[at + 1] != 0xC4) continue;
            for (int p = at + 4; p < at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));)
            {
                Dictionary<int, (int, int)> table = all[(file[p] >> 4, file[p] & 15)] = [];
                int symbol = p + 17, code = 0;
                for (int length = 1; length <= 16; length++, code <<= 1)
                    for (int i = 0; i < file[p + length]; i++) table[file[symbol++]] = (code++, length);
                p = symbol;
            }
        }
        return all;
    }

    sealed class Writer(List<byte> to)
    {
        int _bits, _count;

        public void Add(int value, int count)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                _bits = (_bits << 1) | ((value >> i) & 1);
                if (++_count < 8) continue;
                to.Add((byte)_bits);
                if ((byte)_bits == 0xFF) to.Add(0);
                (_bits, _count) = (0, 0);
            }
        }

        /// <summary>Ones up to the next byte.</summary>
        public void Flush()
        {
            while (_count > 0) Add(1, 1);
        }
    }
}
