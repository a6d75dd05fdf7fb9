namespace Candeia.Images;

/// <summary>
/// LZW as TIFF has it: codes of 9 to 12 bits, the highest first, that become longer one code early. Each code but the first is what an earlier one was and
/// one byte more, so that a code is a place in what has been written already.
/// </summary>
internal static class TiffLzw
{
    const int Clear = 256, End = 257, First = 258, Most = 4096, Shortest = 9, Longest = 12;

    /// <summary>Codes of 12 bits for as many bytes as there are codes.</summary>
    public const int MostGrowth = Most * 8 / Shortest;

    /// <summary>How many bytes were written; fewer than there is room for, where the data are damaged or end.</summary>
    public static int Undo(ReadOnlySpan<byte> from, Span<byte> to)
    {
        Span<int> starts = stackalloc int[Most], lengths = stackalloc int[Most];
        int next = First, width = Shortest, done = 0, before = 0, beforeLength = 0;
        uint bits = 0;
        int have = 0, at = 0;
        while (done < to.Length)
        {
            while (have < width)
            {
                if (at == from.Length) return done;
                bits = bits << 8 | from[at++];
                have += 8;
            }
            int code = (int)(bits >> (have -= width)) & ((1 << width) - 1);
            if (code == End) return done;
            if (code == Clear)
            {
                (next, width, beforeLength) = (First, Shortest, 0);
                continue;
            }
            // What has just been written, and the byte that follows it, become a code.
            if (beforeLength > 0 && next < Most) (starts[next], lengths[next], next) = (before, beforeLength + 1, next + 1);
            if (code >= next) return done;
            (before, beforeLength) = (done, code < Clear ? 1 : lengths[code]);
            if (code < Clear) to[done++] = (byte)code;
            else
            {
                // One byte after the other: the newest code ends with a byte that is only written here.
                int start = starts[code], count = Math.Min(lengths[code], to.Length - done);
                for (int i = 0; i < count; i++) to[done + i] = to[start + i];
                done += count;
            }
            if (next + 1 >= 1 << width && width < Longest) width++;
        }
        return done;
    }
}
