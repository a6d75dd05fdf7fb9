using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Datasets;

/// <summary>
/// What pixels a thing covers: polygons, or runs of pixels that are outside and inside in turn, column by column.
/// </summary>
/// <param name="Polygons">Of each, columns and rows of its corners in turn.</param>
/// <param name="Runs">How long each run is.</param>
[JsonConverter(typeof(CocoRegionConverter))]
internal sealed record CocoRegion(float[][]? Polygons, int[]? Runs)
{
    /// <summary>1 inside, 0 outside, for each pixel of a picture, row by row. A pixel is inside a polygon where its middle is.</summary>
    public byte[] Mask(int height, int width)
    {
        byte[] mask = new byte[height * width];
        foreach (float[] polygon in Polygons ?? []) Fill(polygon, height, width, mask);
        int at = 0;
        foreach (var (i, run) in (Runs ?? []).Index())
        {
            int end = (int)Math.Min(mask.Length, (long)at + Math.Max(0, run));
            for (; at < end; at++) mask[at % height * width + at / height] = (byte)(i & 1);
        }
        return mask;
    }

    static void Fill(float[] polygon, int height, int width, byte[] mask)
    {
        int corners = polygon.Length / 2;
        List<double> crossings = [];
        for (int y = 0; y < height; y++)
        {
            double middle = y + 0.5;
            crossings.Clear();
            for (int i = 0, j = corners - 1; i < corners; j = i++)
            {
                double x1 = polygon[2 * j], y1 = polygon[2 * j + 1], x2 = polygon[2 * i], y2 = polygon[2 * i + 1];
                if (y1 <= middle != y2 <= middle) crossings.Add(x1 + (middle - y1) / (y2 - y1) * (x2 - x1));
            }
            crossings.Sort();
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                int from = (int)Math.Clamp(Math.Ceiling(crossings[i] - 0.5), 0, width), to = (int)Math.Clamp(Math.Ceiling(crossings[i + 1] - 0.5), 0, width);
                if (to > from) mask.AsSpan(y * width + from, to - from).Fill(1);
            }
        }
    }

    /// <summary>Runs as pycocotools writes them, in characters: five bits each and whether more follow, of differences to the run before the last.</summary>
    internal static int[] Unpack(ReadOnlySpan<char> text)
    {
        List<int> runs = [];
        for (int at = 0; at < text.Length;)
        {
            long run = 0;
            int shift = 0, more;
            do
            {
                int part = at < text.Length && shift < 35 ? text[at++] - 48 : throw new JsonException("runs of pixels end within a number");
                if (part is < 0 or > 63) throw new JsonException("runs of pixels have a character that is no part of a number");
                run |= (long)(part & 31) << shift;
                more = part & 32;
                shift += 5;
                if (more == 0 && (part & 16) != 0) run |= -1L << shift;
            }
            while (more != 0);
            if (runs.Count > 2) run += runs[^2];
            runs.Add(run is >= 0 and <= int.MaxValue ? (int)run : throw new JsonException("a run of pixels has no possible length"));
        }
        return [.. runs];
    }
}
