using Candeia.NN;

namespace Candeia.Vision;

/// <summary>What is seen in parts of pictures, whatever their size, as tensors of one size.</summary>
public static class RegionOps
{
    /// <summary>The means of values at places between pixels, in a grid over each region (<see href="https://arxiv.org/abs/1703.06870">He et al. 2017</see>).</summary>
    /// <param name="x">[n, c, h, w].</param>
    /// <param name="regions">[k, 5]: number of the picture, left, top, right, bottom. They have no gradient.</param>
    /// <param name="outputSize">Rows and columns of the grid.</param>
    /// <param name="spatialScale">What the numbers of the regions are multiplied by to be pixels of <paramref name="x"/>.</param>
    /// <param name="samplingRatio">How many places in each direction a cell is the mean of; negative: as many as it has pixels.</param>
    /// <param name="aligned">Whether pixels are where they are; otherwise half a pixel beside, as the first version had it.</param>
    /// <returns>[k, c, rows, columns].</returns>
    /// <exception cref="ShapeException">They are no pictures, or no regions in them.</exception>
    /// <example><code>
    /// var x = Tensor.Arange(0, 16, dtype: DType.Float32).Reshape(1, 1, 4, 4);
    /// var middle = Tensor.From([0f, 1, 1, 3, 3], [1, 5]);
    /// Console.WriteLine((double)x.RoIAlign(middle, 1, samplingRatio: 2, aligned: true)[0, 0, 0, 0]);       // → 7.5
    /// </code></example>
    public static Tensor RoIAlign(this Tensor x, Tensor regions, Size2d outputSize, double spatialScale = 1, int samplingRatio = -1, bool aligned = false)
    {
        float[] all = Checked(x, regions);
        int count = all.Length / 5, channels = x.Shape[1], rows = outputSize.Height, columns = outputSize.Width;
        if (count == 0) return Tensor.Zeros([0, channels, rows, columns], x.DType, x.Device);
        var cells = Array.ConvertAll(Enumerable.Range(0, count).ToArray(), i => Cells.Of(all.AsSpan(5 * i, 5), outputSize, (float)spatialScale, samplingRatio, aligned));
        List<Tensor> parts = [];
        List<long> order = [];
        // Regions of one picture whose cells have as many places are looked at together.
        foreach (var group in cells.Index().GroupBy(c => (c.Item.Picture, c.Item.Down, c.Item.Along)))
        {
            var (picture, down, along) = group.Key;
            order.AddRange(group.Select(c => (long)c.Index));
            if (down < 1 || along < 1)
            {
                parts.Add(Tensor.Zeros([group.Count(), channels, rows, columns], x.DType, x.Device));      // there is no place to look at
                continue;
            }
            float[] grid = [.. group.SelectMany(c => c.Item.Places(rows, columns, x.Shape[2], x.Shape[3]))], inside = [.. Inside(grid)];
            int[] size = [group.Count() * rows * down, columns * along];
            var seen = x.Narrow(0, picture, 1).GridSample(Tensor.From(grid, [1, .. size, 2]).To(x.DType).To(x.Device), paddingMode: GridPadding.Border);
            seen = (seen * Tensor.From(inside, [1, 1, .. size]).To(x.DType).To(x.Device)).AvgPool2d((down, along));
            parts.Add(seen.Reshape(channels, -1, rows, columns).Transpose(0, 1));
        }
        if (parts.Count == 1) return parts[0];
        long[] back = new long[count];
        for (int i = 0; i < count; i++) back[order[i]] = i;
        return Tensor.Cat([.. parts]).IndexSelect(0, Tensor.From(back).To(x.Device));
    }

    /// <summary>The largest values in the cells of a grid over each region, whose borders are rounded to pixels (<see href="https://arxiv.org/abs/1504.08083">Girshick 2015</see>).</summary>
    /// <param name="x">[n, c, h, w].</param>
    /// <param name="regions">[k, 5]: number of the picture, left, top, right, bottom.</param>
    /// <param name="outputSize">Rows and columns of the grid.</param>
    /// <param name="spatialScale">What the numbers of the regions are multiplied by to be pixels of <paramref name="x"/>.</param>
    /// <returns>[k, c, rows, columns]; 0 where a cell lies outside.</returns>
    /// <exception cref="ShapeException">They are no pictures, or no regions in them.</exception>
    /// <example><code>
    /// var x = Tensor.Arange(0, 16, dtype: DType.Float32).Reshape(1, 1, 4, 4);
    /// Console.WriteLine((double)x.RoIPool(Tensor.From([0f, 0, 0, 2, 2], [1, 5]), 1)[0, 0, 0, 0]);          // → 10
    /// </code></example>
    public static Tensor RoIPool(this Tensor x, Tensor regions, Size2d outputSize, double spatialScale = 1)
    {
        float[] all = Checked(x, regions);
        List<Tensor> pooled = [];
        for (int i = 0; i < all.Length; i += 5)
        {
            int At(int place) => (int)MathF.Round(all[i + place] * (float)spatialScale, MidpointRounding.AwayFromZero);
            var picture = x.Select(0, (int)all[i]);
            pooled.Add(Largest(Largest(picture, 1, At(2), At(4), outputSize.Height), 2, At(1), At(3), outputSize.Width));
        }
        return pooled.Count > 0 ? Tensor.Stack([.. pooled]) : Tensor.Zeros([0, x.Shape[1], outputSize.Height, outputSize.Width], x.DType, x.Device);
    }

    /// <summary>Boxes of several pictures as regions: the number of the picture before each, [k, 5].</summary>
    /// <param name="boxes">Of each picture, [n, 4].</param>
    /// <example><code>Console.WriteLine(RegionOps.Regions([Tensor.Zeros([2, 4]), Tensor.Zeros([1, 4])]).Shape);       // → [3, 5]</code></example>
    public static Tensor Regions(IReadOnlyList<Tensor> boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return Tensor.Cat([.. boxes.Select((b, i) => Tensor.Cat([Tensor.Full([b.Shape[0], 1], i, b.DType, b.Device), b], 1))]);
    }

    /// <summary>The largest values in equal parts, which may overlap, of a range in one dimension.</summary>
    static Tensor Largest(Tensor x, int dim, int from, int to, int parts)
    {
        int size = x.Shape[dim];
        float each = Math.Max(to - from + 1, 1) / (float)parts;
        Tensor[] all = new Tensor[parts];
        for (int i = 0; i < parts; i++)
        {
            int first = Math.Clamp((int)MathF.Floor(i * each) + from, 0, size), end = Math.Clamp((int)MathF.Ceiling((i + 1) * each) + from, 0, size);
            all[i] = end > first ? x.Narrow(dim, first, end - first).Amax([dim]) : x.Select(dim, 0) * 0;
        }
        return Tensor.Stack(all, dim);
    }

    /// <summary>1 where a place is in the picture or less than a pixel outside, else 0; the grid has −∞ there.</summary>
    static IEnumerable<float> Inside(float[] grid)
    {
        for (int i = 0; i < grid.Length; i += 2)
        {
            bool inside = float.IsFinite(grid[i]);
            if (!inside) (grid[i], grid[i + 1]) = (0, 0);
            yield return inside ? 1 : 0;
        }
    }

    static float[] Checked(Tensor x, Tensor regions)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(regions);
        if (x.Rank != 4 || regions.Rank != 2 || regions.Shape[1] != 5) throw new ShapeException($"Regions [k, 5] are parts of pictures [n, c, h, w], not {regions.Shape} of {x.Shape}.");
        float[] all = regions.Detach().To(DType.Float32).ToArray<float>();
        for (int i = 0; i < all.Length; i += 5)
            if (!(all[i] >= 0 && all[i] < x.Shape[0])) throw new ShapeException($"Region {i / 5} is part of picture {all[i]}, and there are {x.Shape[0]}.");
        return all;
    }

    /// <summary>A region in pixels, cut into cells.</summary>
    /// <param name="Picture">The number of the picture.</param>
    /// <param name="Left">Where it begins.</param>
    /// <param name="Top">Where it begins.</param>
    /// <param name="Width">Of a cell.</param>
    /// <param name="Height">Of a cell.</param>
    /// <param name="Down">Places of a cell, from top to bottom; none, where the region has no height.</param>
    /// <param name="Along">Places of a cell, from left to right.</param>
    readonly record struct Cells(int Picture, float Left, float Top, float Width, float Height, int Down, int Along)
    {
        public static Cells Of(ReadOnlySpan<float> region, Size2d size, float scale, int ratio, bool aligned)
        {
            float offset = aligned ? 0.5f : 0, left = region[1] * scale - offset, top = region[2] * scale - offset;
            float width = region[3] * scale - offset - left, height = region[4] * scale - offset - top;
            if (!aligned) (width, height) = (Math.Max(width, 1), Math.Max(height, 1));
            int Places(float whole, int cells) => ratio > 0 ? ratio : (int)MathF.Ceiling(whole / cells);
            return new((int)region[0], left, top, width / size.Width, height / size.Height, Places(height, size.Height), Places(width, size.Width));
        }

        /// <summary>Columns and rows from −1 to 1 over the picture, as GridSample takes them; −∞ where a place lies a pixel outside or more.</summary>
        public IEnumerable<float> Places(int rows, int columns, int height, int width)
        {
            for (int i = 0; i < rows * Down; i++)
            {
                float y = Top + (i / Down + (i % Down + 0.5f) / Down) * Height;
                for (int j = 0; j < columns * Along; j++)
                {
                    float x = Left + (j / Along + (j % Along + 0.5f) / Along) * Width;
                    bool outside = y < -1 || y > height || x < -1 || x > width;
                    yield return outside ? float.NegativeInfinity : (2 * x + 1) / width - 1;
                    yield return outside ? float.NegativeInfinity : (2 * y + 1) / height - 1;
                }
            }
        }
    }
}
