namespace Candeia.Datasets;

/// <summary>Names of eight lower-case letters for items 0, 1, 2 …: in no visible order, and never the same twice.</summary>
internal readonly struct ItemIds(Generator random)
{
    const int Half = 26 * 26 * 26 * 26, Rounds = 4;

    // A Feistel network over two halves of four letters is a permutation of all names, whatever its round function does.
    public string this[int index]
    {
        get
        {
            int left = index / Half, right = index % Half;
            for (int round = 0; round < Rounds; round++)
                (left, right) = (right, (left + random.Split(round, right).NextInt(Half)) % Half);
            Span<char> name = stackalloc char[8];
            Letters(left, name[..4]);
            Letters(right, name[4..]);
            return new string(name);
        }
    }

    static void Letters(int number, Span<char> letters)
    {
        for (int i = letters.Length - 1; i >= 0; i--, number /= 26) letters[i] = (char)('a' + number % 26);
    }
}
