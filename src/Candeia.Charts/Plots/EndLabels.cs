namespace Candeia.Charts;

/// <summary>A name beside the end of its line.</summary>
internal readonly record struct EndLabel(string Name, Hue Hue, double Y);

/// <summary>Names beside the ends of lines, moved apart where they would touch.</summary>
internal static class EndLabels
{
    const double Apart = 15;

    /// <summary>Where the names go; null if a line ends early or a name would stand far from its line.</summary>
    public static IReadOnlyList<EndLabel>? Place(IReadOnlyList<Key> keys, Frame frame)
    {
        if (keys.Any(k => k.End is not { } end || !frame.X.Shows(end.X) || !frame.Y.Shows(end.Y) || frame.X.At(end.X) < 0.97)) return null;
        Key[] sorted = [.. keys.OrderBy(k => frame.AtY(k.End!.Value.Y))];
        double[] wanted = [.. sorted.Select(k => frame.AtY(k.End!.Value.Y))];
        double[] placed = [.. wanted];
        for (int round = 0; round < 50; round++)
        {
            for (int i = 1; i < placed.Length; i++)
            {
                double overlap = Apart - (placed[i] - placed[i - 1]);
                if (overlap <= 0) continue;
                placed[i - 1] -= overlap / 2;
                placed[i] += overlap / 2;
            }
        }
        bool fits = placed.Zip(wanted).All(p => Math.Abs(p.First - p.Second) <= 1.6 * Apart)
            && placed[0] >= frame.Area.Top - Apart && placed[^1] <= frame.Area.Bottom + Apart / 2
            && placed.Skip(1).Zip(placed).All(p => p.First - p.Second > 0.9 * Apart);
        return fits ? [.. sorted.Zip(placed, (k, at) => new EndLabel(k.Name, k.Hue, at))] : null;
    }

    public static void Draw(SvgCanvas canvas, IReadOnlyList<EndLabel> labels, Frame frame)
    {
        foreach (var label in labels) canvas.Text(frame.Area.Right + 8, label.Y + 4, label.Name, canvas.Colors.Word(label.Hue), bold: true);
    }
}
