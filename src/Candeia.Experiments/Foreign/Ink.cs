using Candeia.Images;

namespace Candeia.Experiments;

/// <summary>Which pixels of a picture stand out from its ground.</summary>
sealed class Ink(int width, int height)
{
    const int Faint = 36;

    readonly bool[] _set = new bool[width * height];

    public int Width => width;

    public int Height => height;

    public bool this[int column, int row]
    {
        get => column >= 0 && row >= 0 && column < width && row < height && _set[row * width + column];
        set => _set[row * width + column] = value;
    }

    /// <summary>What differs from the commonest colour in a channel, by more than a share of the largest difference that there is.</summary>
    public static Ink Of(Image rgb, double share)
    {
        var pixels = rgb.Pixels;
        int[] counts = new int[1 << 15];
        for (int i = 0; i < pixels.Length; i += 3) counts[Bin(pixels, i)]++;
        int ground = Array.IndexOf(counts, counts.Max());
        long r = 0, g = 0, b = 0, n = 0;
        for (int i = 0; i < pixels.Length; i += 3)
            if (Bin(pixels, i) == ground) (r, g, b, n) = (r + pixels[i], g + pixels[i + 1], b + pixels[i + 2], n + 1);
        var (red, green, blue) = ((int)(r / n), (int)(g / n), (int)(b / n));
        int[] differences = new int[rgb.Width * rgb.Height];
        for (int i = 0, at = 0; i < pixels.Length; i += 3, at++)
            differences[at] = Math.Max(Math.Abs(pixels[i] - red), Math.Max(Math.Abs(pixels[i + 1] - green), Math.Abs(pixels[i + 2] - blue)));
        double least = Math.Max(Faint, share * differences.Max());
        var ink = new Ink(rgb.Width, rgb.Height);
        for (int at = 0; at < differences.Length; at++) ink._set[at] = differences[at] > least;
        return ink;
    }

    static int Bin(ReadOnlySpan<byte> pixels, int at) => pixels[at] >> 3 << 10 | pixels[at + 1] >> 3 << 5 | pixels[at + 2] >> 3;

    /// <summary>Removes frames, axes and grids: rows and columns that are ink over a quarter of the picture; but not where something crosses them.</summary>
    public void RemoveLines()
    {
        bool[] rows = [.. Enumerable.Range(0, height).Select(row => LongestRun(width, column => this[column, row]) >= width / 4)];
        bool[] columns = [.. Enumerable.Range(0, width).Select(column => LongestRun(height, row => this[column, row]) >= height / 4)];
        List<(int, int)> gone = [];
        Lines(rows, height, (first, last) =>
        {
            for (int column = 0; column < width; column++)
                if (!(this[column, first - 1] && this[column, last + 1]) || columns[column])
                    for (int row = first; row <= last; row++) gone.Add((column, row));
        });
        Lines(columns, width, (first, last) =>
        {
            for (int row = 0; row < height; row++)
                if (!(this[first - 1, row] && this[last + 1, row]) || rows[row])
                    for (int column = first; column <= last; column++) gone.Add((column, row));
        });
        foreach (var (column, row) in gone) this[column, row] = false;
    }

    // Thin ones alone: what is thicker is an area.
    static void Lines(bool[] isLine, int count, Action<int, int> line)
    {
        int most = Math.Max(2, count / 80);
        for (int first = 0; first < count; first++)
        {
            if (!isLine[first]) continue;
            int last = first;
            while (last + 1 < count && isLine[last + 1]) last++;
            if (last - first < most) line(first, last);
            first = last;
        }
    }

    static int LongestRun(int count, Func<int, bool> isSet)
    {
        int longest = 0, run = 0;
        for (int i = 0; i < count; i++) longest = Math.Max(longest, run = isSet(i) ? run + 1 : 0);
        return longest;
    }
}
