namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Signals, images or volumes in another size.</summary>
    /// <param name="x">[n, c, l], [n, c, h, w] or [n, c, d, h, w].</param>
    /// <param name="size">The new size of each dimension behind the channels; one number stands for all.</param>
    /// <param name="mode">How values between pixels are found.</param>
    /// <param name="alignCorners">Whether the middles of the outermost pixels stay where they are, instead of their edges. For <see cref="Interpolation.Linear"/> and
    /// <see cref="Interpolation.Cubic"/>.</param>
    /// <param name="antialias">Whether all pixels that a new one covers count when images shrink, as in Pillow. For the same modes.</param>
    /// <exception cref="ShapeException">There are not as many sizes as dimensions behind the channels.</exception>
    /// <exception cref="ArgumentException">The mode has no such option.</exception>
    /// <example><code>
    /// var y = Tensor.From([0f, 1]).Reshape(1, 1, 2).Interpolate([3], Interpolation.Linear, alignCorners: true);
    /// Console.WriteLine((double)y[0, 0, 1]);                               // → 0.5
    /// </code></example>
    public static Tensor Interpolate(this Tensor x, ReadOnlySpan<int> size, Interpolation mode = Interpolation.Nearest, bool alignCorners = false, bool antialias = false)
    {
        int dims = Resized(x, size.Length);
        int[] sizes = new int[dims];
        for (int d = 0; d < dims; d++) sizes[d] = size[size.Length == 1 ? 0 : d];
        return Interpolate(x, sizes, new double?[dims], mode, alignCorners, antialias);
    }

    /// <summary>Signals, images or volumes made larger or smaller by a factor.</summary>
    /// <param name="x">[n, c, l], [n, c, h, w] or [n, c, d, h, w].</param>
    /// <param name="scaleFactor">The factor of each dimension behind the channels; one number stands for all. New sizes are rounded down.</param>
    /// <param name="mode">How values between pixels are found.</param>
    /// <param name="alignCorners">Whether the middles of the outermost pixels stay where they are, instead of their edges.</param>
    /// <param name="antialias">Whether all pixels that a new one covers count when images shrink.</param>
    /// <param name="recomputeScaleFactor">Whether pixels are placed by the sizes, which were rounded, instead of by the factor.</param>
    /// <exception cref="ShapeException">There are not as many factors as dimensions behind the channels.</exception>
    /// <exception cref="ArgumentException">The mode has no such option.</exception>
    public static Tensor Interpolate(
        this Tensor x, ReadOnlySpan<double> scaleFactor, Interpolation mode = Interpolation.Nearest, bool alignCorners = false, bool antialias = false, bool recomputeScaleFactor = false)
    {
        int dims = Resized(x, scaleFactor.Length);
        int[] sizes = new int[dims];
        var factors = new double?[dims];
        for (int d = 0; d < dims; d++)
        {
            double factor = scaleFactor[scaleFactor.Length == 1 ? 0 : d], size = Math.Floor(x.Shape[2 + d] * factor);
            if (!(factor > 0) || size > int.MaxValue) throw new ArgumentOutOfRangeException(nameof(scaleFactor), $"{x.Shape} cannot be made {factor} times as large.");
            (sizes[d], factors[d]) = ((int)size, recomputeScaleFactor ? null : factor);
        }
        return Interpolate(x, sizes, factors, mode, alignCorners, antialias);
    }

    static int Resized(Tensor x, int given)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is < 3 or > 5) throw new ShapeException($"Interpolate takes [n, c, l], [n, c, h, w] or [n, c, d, h, w], not {x.Shape}.");
        return given == 1 || given == x.Rank - 2 ? x.Rank - 2 : throw new ShapeException($"Interpolate of {x.Shape} takes {x.Rank - 2} sizes or one, not {given}.");
    }

    static Tensor Interpolate(Tensor x, int[] sizes, double?[] factors, Interpolation mode, bool alignCorners, bool antialias)
    {
        bool curved = mode is Interpolation.Linear or Interpolation.Cubic;
        if ((alignCorners || antialias) && !curved)
            throw new ArgumentException($"{(antialias ? "Antialiasing" : "Aligning corners")} is for linear and cubic interpolation, not for {mode}.");
        if (mode == Interpolation.Cubic && sizes.Length != 2 || antialias && sizes.Length != 2)
            throw new ShapeException($"{(antialias ? "Antialiasing" : "Cubic interpolation")} is for images [n, c, h, w], not for {x.Shape}.");
        Device.MustFit([.. x.Shape.Slice(0, 2), .. sizes.Select(s => Math.Max(0, s))], x.DType);
        var taps = new Taps?[sizes.Length];
        for (int d = 0; d < taps.Length; d++)
        {
            int from = x.Shape[2 + d], to = sizes[d];
            if (from < 1 || to < 1) throw new ShapeException($"{x.Shape} cannot be resized to {string.Join('×', sizes)}: every size is at least 1.");
            if (from == to && factors[d] is null or 1) continue;
            double scale = alignCorners ? to > 1 ? (from - 1.0) / (to - 1) : 0 : factors[d] is { } factor ? 1 / factor : (double)from / to;
            if (mode != Interpolation.Area) taps[d] = TapsOf(from, to, scale, mode, alignCorners, antialias);
        }
        return mode == Interpolation.Area ? AdaptiveMeans(x, Array.ConvertAll(sizes, s => (int?)s), nameof(Interpolate)) : Resampled(x, 2, taps);
    }

    /// <summary>What each of so many places of a resized dimension, from the first on, is made of; not for means of areas.</summary>
    internal static Taps TapsOf(int from, int to, double scale, Interpolation mode, bool alignCorners, bool antialias, int first = 0) => mode switch
    {
        Interpolation.Nearest or Interpolation.NearestExact => Taps.Choose(from, Nearest(from, to, (float)scale, mode == Interpolation.Nearest ? 0 : 0.5f, first)),
        _ when antialias => Covering(from, to, scale, mode == Interpolation.Cubic, first),
        Interpolation.Linear => Linear(from, to, scale, alignCorners, first),
        _ => Cubic(from, to, scale, alignCorners, first),
    };

    /// <summary>In single precision, as PyTorch computes places, whatever the type.</summary>
    static int[] Nearest(int from, int to, float scale, float half, int first)
    {
        int[] places = new int[to];
        for (int i = 0; i < to; i++) places[i] = Math.Min((int)MathF.Floor((first + i + half) * scale), from - 1);
        return places;
    }

    static Taps Linear(int from, int to, double scale, bool alignCorners, int first) => Taps.Of(from, to, (i, add) =>
    {
        double at = alignCorners ? scale * i : Math.Max(0, scale * (i + 0.5) - 0.5);
        int before = Math.Min((int)at, from - 1);
        double share = before < from - 1 ? Math.Clamp(at - before, 0, 1) : 0;
        add(before, 1 - share);
        if (share > 0) add(before + 1, share);
    }, first);

    static Taps Cubic(int from, int to, double scale, bool alignCorners, int first) => Taps.Of(from, to, (i, add) =>
    {
        double at = alignCorners ? scale * i : scale * (i + 0.5) - 0.5, floor = Math.Floor(at), t = at - floor;
        for (int k = -1; k <= 2; k++) add(Math.Clamp((int)floor + k, 0, from - 1), CubicWeight(k - t, -0.75));
    }, first);

    /// <summary>Keys' cubic convolution.</summary>
    static double CubicWeight(double distance, double a)
    {
        double x = Math.Abs(distance);
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a : 0;
    }

    /// <summary>All pixels under a triangle or cubic curve as wide as a new pixel.</summary>
    static Taps Covering(int from, int to, double scale, bool cubic, int begin) => Taps.Of(from, to, (i, add) =>
    {
        double wide = Math.Max(1, scale), support = (cubic ? 2 : 1) * wide, center = scale * (i + 0.5), sum = 0;
        int first = Math.Max(0, (int)(center - support + 0.5)), end = Math.Min(from, (int)(center + support + 0.5));
        double Weight(int place) => (place - center + 0.5) / wide is var d && cubic ? CubicWeight(d, -0.5) : Math.Max(0, 1 - Math.Abs(d));
        for (int p = first; p < end; p++) sum += Weight(p);
        for (int p = first; p < end; p++) add(p, sum == 0 ? 0 : Weight(p) / sum);
    }, begin);
}
