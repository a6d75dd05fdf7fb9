namespace Candeia.Vision;

/// <summary>
/// Boxes of several sizes and shapes around every place of feature maps: what a network says of each is whether it is a thing, and by how much it is moved.
/// </summary>
/// <param name="sizes">For each map, the finest first, the square roots of the areas, in pixels of the picture.</param>
/// <param name="ratios">Height over width, the same for all maps.</param>
/// <example><code>
/// var anchors = new AnchorGenerator([[32], [64]], [0.5, 1, 2]);
/// Console.WriteLine(anchors.Of((64, 64), [(8, 8), (4, 4)]).Shape);        // → [240, 4]
/// </code></example>
public sealed class AnchorGenerator(IReadOnlyList<IReadOnlyList<int>> sizes, IReadOnlyList<double> ratios)
{
    /// <summary>How many maps there are.</summary>
    public int Levels => sizes.Count;

    /// <summary>How many boxes there are around a place; the same for all maps.</summary>
    /// <exception cref="ArgumentException">Maps have different numbers of sizes.</exception>
    public int PerPlace => sizes.All(s => s.Count == sizes[0].Count) ? sizes[0].Count * ratios.Count : throw new ArgumentException("Anchors have as many sizes for each map.");

    /// <summary>All boxes, map by map, place by place: left, top, right, bottom, [n, 4], float32.</summary>
    /// <param name="picture">Rows and columns of the picture.</param>
    /// <param name="maps">Rows and columns of each map.</param>
    /// <exception cref="ArgumentException">There are other maps than sizes.</exception>
    public Tensor Of(Size2d picture, IReadOnlyList<Size2d> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count != Levels) throw new ArgumentException($"There are anchors for {Levels} maps, and {maps.Count} maps.", nameof(maps));
        List<float> boxes = [];
        foreach (var (level, map) in maps.Index())
        {
            int down = picture.Height / map.Height, right = picture.Width / map.Width;
            var around = Around(sizes[level]).ToArray();
            for (int y = 0; y < map.Height; y++)
                for (int x = 0; x < map.Width; x++)
                    foreach (var (w, h) in around) boxes.AddRange([x * right - w, y * down - h, x * right + w, y * down + h]);
        }
        return Tensor.From([.. boxes], [boxes.Count / 4, 4]);
    }

    /// <summary>Halves of width and height, whole numbers as in torchvision: all sizes of the first shape, then the next.</summary>
    IEnumerable<(float Width, float Height)> Around(IReadOnlyList<int> all)
    {
        foreach (double ratio in ratios)
        {
            float high = MathF.Sqrt((float)ratio), wide = 1 / high;
            foreach (int size in all) yield return (MathF.Round(wide * size / 2), MathF.Round(high * size / 2));
        }
    }
}
