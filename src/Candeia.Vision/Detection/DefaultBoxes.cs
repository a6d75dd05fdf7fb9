namespace Candeia.Vision;

/// <summary>
/// The boxes that SSD looks at: of each map some around the middle of every place, as large a part of the picture as the map is coarse, in several shapes.
/// </summary>
/// <example><code>
/// var boxes = new DefaultBoxes([[2], [2, 3]], [0.2, 0.5, 0.9]);
/// Console.WriteLine($"{string.Join(' ', boxes.PerPlace)}: {boxes.Of((64, 64), [(4, 4), (2, 2)]).Shape}");      // → 4 6: [88, 4]
/// </code></example>
public sealed class DefaultBoxes
{
    readonly IReadOnlyList<IReadOnlyList<int>> _ratios;
    readonly IReadOnlyList<double> _scales;
    readonly IReadOnlyList<int>? _steps;

    /// <param name="ratios">For each map, the finest first, how often as wide as high boxes are; each shape stands on its side too, and two squares are always there.</param>
    /// <param name="scales">For each map the side of its squares as a part of the picture's, and one more at the end.</param>
    /// <param name="steps">For each map how many pixels lie between two places; what the picture's size over the map's is, if nothing is said.</param>
    /// <exception cref="ArgumentException">There is not one scale more than maps, or not a step for each.</exception>
    public DefaultBoxes(IReadOnlyList<IReadOnlyList<int>> ratios, IReadOnlyList<double> scales, IReadOnlyList<int>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        ArgumentNullException.ThrowIfNull(scales);
        if (scales.Count != ratios.Count + 1) throw new ArgumentException($"{ratios.Count} maps need one scale more, {ratios.Count + 1}, not {scales.Count}.", nameof(scales));
        if (steps is not null && steps.Count != ratios.Count) throw new ArgumentException($"{ratios.Count} maps need as many steps, not {steps.Count}.", nameof(steps));
        (_ratios, _scales, _steps) = (ratios, scales, steps);
        PerPlace = [.. ratios.Select(r => 2 + 2 * r.Count)];
    }

    /// <summary>Scales in equal steps.</summary>
    /// <param name="ratios">As above.</param>
    /// <param name="least">The side of the squares of the finest map, as a part of the picture's.</param>
    /// <param name="most">That of the coarsest map.</param>
    public static DefaultBoxes Even(IReadOnlyList<IReadOnlyList<int>> ratios, double least = 0.15, double most = 0.9)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        return new(ratios, ratios.Count == 1 ? [least, most] : [.. ratios.Select((_, k) => least + (most - least) * k / (ratios.Count - 1.0)), 1]);
    }

    /// <summary>How many boxes there are around a place of each map.</summary>
    public IReadOnlyList<int> PerPlace { get; }

    /// <summary>All boxes, map by map, place by place: left, top, right, bottom, [n, 4], float32.</summary>
    /// <param name="picture">Rows and columns of the picture.</param>
    /// <param name="maps">Rows and columns of each map.</param>
    /// <exception cref="ArgumentException">There are other maps than scales.</exception>
    public Tensor Of(Size2d picture, IReadOnlyList<Size2d> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count != _ratios.Count) throw new ArgumentException($"There are boxes for {_ratios.Count} maps, and {maps.Count} maps.", nameof(maps));
        List<float> boxes = [];
        foreach (var (level, map) in maps.Index())
        {
            double right = _steps is null ? map.Width : (double)picture.Width / _steps[level], down = _steps is null ? map.Height : (double)picture.Height / _steps[level];
            var around = Around(level).Select(s => (Width: (float)Math.Min(s.Width, 1), Height: (float)Math.Min(s.Height, 1))).ToArray();
            for (int y = 0; y < map.Height; y++)
                for (int x = 0; x < map.Width; x++)
                {
                    float atX = (float)((x + 0.5) / right), atY = (float)((y + 0.5) / down);
                    foreach (var (w, h) in around)
                        boxes.AddRange([(atX - 0.5f * w) * picture.Width, (atY - 0.5f * h) * picture.Height, (atX + 0.5f * w) * picture.Width, (atY + 0.5f * h) * picture.Height]);
                }
        }
        return Tensor.From([.. boxes], [boxes.Count / 4, 4]);
    }

    /// <summary>Width and height as parts of the picture's: two squares, and each shape, lying and standing.</summary>
    IEnumerable<(double Width, double Height)> Around(int level)
    {
        double scale = _scales[level], between = Math.Sqrt(scale * _scales[level + 1]);
        yield return (scale, scale);
        yield return (between, between);
        foreach (int ratio in _ratios[level])
        {
            double root = Math.Sqrt(ratio);
            yield return (scale * root, scale / root);
            yield return (scale / root, scale * root);
        }
    }
}
