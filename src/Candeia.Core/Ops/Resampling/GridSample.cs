namespace Candeia;

/// <summary>What <see cref="TensorOps.GridSample"/> finds outside of an image.</summary>
public enum GridPadding
{
    /// <summary>Zeros.</summary>
    Zeros,
    /// <summary>The nearest pixel of the border.</summary>
    Border,
    /// <summary>The image, mirrored again and again.</summary>
    Reflection,
}

/// <summary>How <see cref="TensorOps.GridSample"/> finds values between pixels.</summary>
public enum GridInterpolation
{
    /// <summary>The mean of the neighbours, weighted by their distance, in two dimensions or three.</summary>
    Bilinear,
    /// <summary>The nearest pixel; no gradient flows to the grid.</summary>
    Nearest,
    /// <summary>A cubic curve through four neighbours in each direction; images only.</summary>
    Bicubic,
}

public static partial class TensorOps
{
    /// <summary>
    /// The values of images at any places: what rotates, bends or zooms. Places are given from −1 (left, above) to 1 (right, below), as (x, y) for images and (x, y, z)
    /// for volumes (<see href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015</see>).
    /// </summary>
    /// <param name="x">[n, c, h, w] or [n, c, d, h, w].</param>
    /// <param name="grid">[n, h', w', 2] or [n, d', h', w', 3]: where to look.</param>
    /// <param name="mode">How values between pixels are found.</param>
    /// <param name="paddingMode">What is found outside.</param>
    /// <param name="alignCorners">Whether −1 and 1 are the middles of the outermost pixels, instead of their edges.</param>
    /// <returns>[n, c, h', w'] or [n, c, d', h', w'].</returns>
    /// <exception cref="ShapeException">The grid does not fit the images.</exception>
    /// <example><code>
    /// Tensor x = Tensor.Arange(0, 4, dtype: DType.Float32).Reshape(1, 1, 2, 2), middle = Tensor.Zeros([1, 1, 1, 2]);
    /// Console.WriteLine((double)x.GridSample(middle)[0, 0, 0, 0]);         // → 1.5
    /// </code></example>
    public static Tensor GridSample(
        this Tensor x, Tensor grid, GridInterpolation mode = GridInterpolation.Bilinear, GridPadding paddingMode = GridPadding.Zeros, bool alignCorners = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(grid);
        int dims = x.Rank - 2;
        if (dims is not (2 or 3) || grid.Rank != x.Rank || grid.Shape[0] != x.Shape[0] || grid.Shape[^1] != dims)
            throw new ShapeException($"GridSample takes images [n, c, h, w] and a grid [n, h', w', 2], or volumes [n, c, d, h, w] and a grid [n, d', h', w', 3], not {x.Shape} and {grid.Shape}.");
        if (mode == GridInterpolation.Bicubic && dims != 2) throw new ShapeException($"Bicubic sampling is for images [n, c, h, w], not for {x.Shape}.");
        if (x.Shape.Skip(2).Contains(0)) throw new ShapeException($"GridSample takes images with pixels, not {x.Shape}.");
        if (!x.DType.IsFloatingPoint() || grid.DType != x.DType)
            throw new ArgumentException(
                $"GridSample needs images and a grid of one floating-point type, not {x.DType} and {grid.DType}; convert with To(dtype).");
        int n = x.Shape[0], c = x.Shape[1];
        int[] size = [.. x.Shape.Skip(2)];
        Shape places = [.. grid.Shape.Skip(1).SkipLast(1)];
        var flat = grid.Reshape(n, checked((int)places.Numel), dims).To(x.DType.Wide());
        var at = new Tensor[dims];                                           // of each dimension of the image: the places, in pixels, [n, p]
        for (int d = 0; d < dims; d++) at[d] = InPixels(flat.Select(2, dims - 1 - d), size[d], alignCorners);
        var pixels = x.To(x.DType.Wide()).Flatten(2);
        var y = mode switch
        {
            GridInterpolation.Nearest => Taken(pixels, [.. at.Select((p, d) => Inside(p, size[d], paddingMode, alignCorners).Detach().Round())], size),
            GridInterpolation.Bilinear => Corners(pixels, [.. at.Select((p, d) => Inside(p, size[d], paddingMode, alignCorners))], size),
            _ => Curved(pixels, at, size, paddingMode, alignCorners),
        };
        return y.Reshape([n, c, .. places]).To(x.DType);
    }

    static Tensor InPixels(Tensor place, int size, bool alignCorners) => alignCorners ? (place + 1) * (0.5 * (size - 1)) : ((place + 1) * size - 1) * 0.5;

    /// <summary>Places outside brought to the border or mirrored; where zeros are found outside, nothing is to be done.</summary>
    static Tensor Inside(Tensor place, int size, GridPadding padding, bool alignCorners)
    {
        if (padding == GridPadding.Zeros) return place;
        if (padding == GridPadding.Reflection)
        {
            double low = alignCorners ? 0 : -0.5, span = alignCorners ? size - 1 : size;
            if (span == 0) return place * 0;
            var off = (place - low).Abs();
            var flips = (off.Detach() / span).Floor();
            var extra = off - flips * span;
            place = flips.Fmod(2).Eq(0).Where(extra, span - extra) + low;
        }
        return place.Hardtanh(0, size - 1);
    }

    /// <summary>The pixels at whole places [n, p] of each dimension; 0 outside.</summary>
    static Tensor Taken(Tensor pixels, Tensor[] at, int[] size)
    {
        Tensor? index = null, inside = null;
        for (int d = 0; d < at.Length; d++)
        {
            var here = (at[d] >= 0) & (at[d] <= size[d] - 1);
            var place = at[d].Clamp(0, size[d] - 1).MaskedFill(!here, 0).To(DType.Int64);
            (index, inside) = (index is null ? place : index * size[d] + place, inside is null ? here : inside & here);
        }
        Shape shape = [pixels.Shape[0], pixels.Shape[1], index!.Shape[1]];
        return pixels.Gather(2, index.Unsqueeze(1).Expand(shape)) * inside!.To(pixels.DType).Unsqueeze(1);
    }

    /// <summary>The means of the 4 or 8 pixels around.</summary>
    static Tensor Corners(Tensor pixels, Tensor[] at, int[] size)
    {
        Tensor[] before = [.. at.Select(p => p.Detach().Floor())], share = [.. at.Zip(before, (p, b) => p - b)];
        Tensor? sum = null;
        for (int corner = 0; corner < 1 << at.Length; corner++)
        {
            var place = new Tensor[at.Length];
            Tensor? weight = null;
            for (int d = 0; d < at.Length; d++)
            {
                bool behind = (corner >> d & 1) == 1;
                place[d] = behind ? before[d] + 1 : before[d];
                var part = behind ? share[d] : 1 - share[d];
                weight = weight is null ? part : weight * part;
            }
            var term = Taken(pixels, place, size) * weight!.Unsqueeze(1);
            sum = sum is null ? term : sum + term;
        }
        return sum!;
    }

    /// <summary>Cubic curves through 4 × 4 pixels; places outside are dealt with pixel by pixel.</summary>
    static Tensor Curved(Tensor pixels, Tensor[] at, int[] size, GridPadding padding, bool alignCorners)
    {
        Tensor[] before = [.. at.Select(p => p.Detach().Floor())];
        Tensor[][] weights = [.. at.Zip(before, (p, b) => CubicWeights(p - b))];
        Tensor Place(int d, int tap) => Inside(before[d] + (tap - 1), size[d], padding, alignCorners);
        Tensor? sum = null;
        for (int i = 0; i < 4; i++)
        {
            Tensor? row = null;
            for (int j = 0; j < 4; j++)
            {
                var term = Taken(pixels, [Place(0, i), Place(1, j)], size) * weights[1][j].Unsqueeze(1);
                row = row is null ? term : row + term;
            }
            var part = row! * weights[0][i].Unsqueeze(1);
            sum = sum is null ? part : sum + part;
        }
        return sum!;
    }

    /// <summary>The weights of the four pixels around, from the distance to the second.</summary>
    static Tensor[] CubicWeights(Tensor t)
    {
        const double A = -0.75;
        Tensor Near(Tensor x) => ((A + 2) * x - (A + 3)) * x * x + 1;
        Tensor Far(Tensor x) => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
        return [Far(t + 1), Near(t), Near(1 - t), Far(2 - t)];
    }

    /// <summary>The places at which <see cref="GridSample"/> finds images moved, turned or sheared: [n, h, w, 2] from matrices [n, 2, 3], or [n, d, h, w, 3] from [n, 3, 4].</summary>
    /// <param name="theta">[n, 2, 3] or [n, 3, 4]: from places in the result to places in the image.</param>
    /// <param name="size">The shape of the result: [n, c, h, w] or [n, c, d, h, w].</param>
    /// <param name="alignCorners">Whether −1 and 1 are the middles of the outermost pixels, instead of their edges.</param>
    /// <exception cref="ShapeException">The matrices do not fit the shape.</exception>
    /// <example><code>
    /// Tensor mirror = Tensor.From([-1f, 0, 0, 0, 1, 0]).Reshape(1, 2, 3), x = Tensor.Randn([1, 3, 8, 8]);
    /// var y = x.GridSample(mirror.AffineGrid(x.Shape));
    /// Console.WriteLine((double)(y - x.Flip(3)).Abs().Amax() &lt; 1e-5);      // → True
    /// </code></example>
    public static Tensor AffineGrid(this Tensor theta, Shape size, bool alignCorners = false)
    {
        ArgumentNullException.ThrowIfNull(theta);
        int dims = size.Rank - 2;
        if (dims is not (2 or 3) || theta.Shape != [size[0], dims, dims + 1])
            throw new ShapeException($"AffineGrid for {size} takes matrices [{(size.Rank > 0 ? size[0] : 0)}, {Math.Max(2, dims)}, {Math.Max(2, dims) + 1}], not {theta.Shape}.");
        if (!theta.DType.IsFloatingPoint()) throw new ArgumentException($"AffineGrid takes matrices of floating-point numbers, not {theta.DType}.");
        Shape places = [.. size.Skip(2)];
        var columns = new Tensor[dims + 1];
        for (int k = 0; k < dims; k++)
        {
            int d = dims - 1 - k, count = places[d];
            var along = count == 1 ? Tensor.Zeros([1], theta.DType, theta.Device) : Tensor.Linspace(-1, 1, count, theta.DType, theta.Device);
            if (!alignCorners) along *= (count - 1.0) / count;
            columns[k] = along.Reshape([.. Enumerable.Range(0, dims).Select(i => i == d ? count : 1)]).Expand(places);
        }
        columns[dims] = Tensor.Ones(places, theta.DType, theta.Device);
        var plain = Tensor.Stack(columns, dims).Reshape(-1, dims + 1);       // [p, dims + 1]
        return plain.MatMul(theta.Transpose(1, 2)).Reshape([size[0], .. places, dims]);
    }
}
