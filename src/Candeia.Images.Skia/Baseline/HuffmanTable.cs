namespace Candeia.Images;

/// <summary>
/// Codes of different lengths, and what they stand for: how many coefficients are 0, and how many bits of the next one follow. A short code and its bits are found
/// together in a table.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>The most bits of a code.</summary>
    public const int Longest = 16;

    /// <summary>So many bits are looked up at once.</summary>
    public const int Bits = 10;

    const int MostSize = 15;
    readonly int[] _limits = new int[Longest + 2], _firsts = new int[Longest + 1];
    readonly byte[] _symbols;

    HuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <summary>
    /// By the next <see cref="Bits"/>, an entry of five numbers: the bits it takes (0 to 5), the zeros before it (8 to 11), how many bits of the value are still to be
    /// read (12 to 15), and else the value (from 16 on). 0 where the code is longer.
    /// </summary>
    public int[] Found { get; } = new int[1 << Bits];

    /// <summary>Reads counts of codes by length, and then their symbols; null if there can be no such codes.</summary>
    /// <param name="bytes">Begin with the counts.</param>
    /// <param name="mostSymbol">The largest symbol that there is.</param>
    /// <param name="used">How many bytes these are.</param>
    public static HuffmanTable? Read(ReadOnlySpan<byte> bytes, int mostSymbol, out int used)
    {
        int count = 0;
        foreach (byte ofLength in bytes[..Longest]) count += ofLength;
        used = Longest + count;
        if (count > 256 || used > bytes.Length || bytes[Longest..used].ContainsAnyExceptInRange((byte)0, (byte)mostSymbol)) return null;
        var table = new HuffmanTable(bytes.Slice(Longest, count).ToArray());
        return table.Fill(bytes[..Longest]) ? table : null;
    }

    bool Fill(ReadOnlySpan<byte> counts)
    {
        int code = 0, first = 0;
        for (int length = 1; length <= Longest; length++, code <<= 1)
        {
            _firsts[length] = first - code;
            if (counts[length - 1] > 0 && code + counts[length - 1] >= 1 << length) return false;
            for (int i = 0; i < counts[length - 1]; i++, code++, first++)
                if (length <= Bits) Enter(code, length, _symbols[first]);
            _limits[length] = code << (Longest - length);
        }
        _limits[^1] = int.MaxValue;
        return true;
    }

    /// <summary>All bits that begin with a code.</summary>
    void Enter(int code, int length, int symbol)
    {
        int size = symbol & MostSize, rest = Bits - length, entry = Entry(length, symbol);
        var same = Found.AsSpan(code << rest, 1 << rest);
        if (size == 0 || size > rest) same.Fill(entry);
        else
        {
            int alike = 1 << (rest - size);
            for (int bits = 0; bits < 1 << size; bits++)
                same.Slice(bits * alike, alike).Fill((Extend(bits, size) << 16) | (entry & 0xF00) | (length + size));
        }
    }

    static int Entry(int length, int symbol) => length | ((symbol >> 4) << 8) | ((symbol & MostSize) << 12);

    /// <summary>The entry of a code that is longer than <see cref="Bits"/>, which begins these 16 bits; 0 if there is none.</summary>
    public int Long(int bits)
    {
        int length = Bits + 1;
        while (bits >= _limits[length]) length++;
        return length > Longest ? 0 : Entry(length, _symbols[_firsts[length] + (bits >> (Longest - length))]);
    }

    /// <summary>The value that some bits stand for: those that begin with 0 are negative.</summary>
    public static int Extend(int bits, int size) => bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
}
