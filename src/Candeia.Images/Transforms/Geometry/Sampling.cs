namespace Candeia.Images;

/// <summary>Where a pixel of a result is to be found, in pixels of the source; the middle of the first pixel is (0, 0).</summary>
internal interface IPlaces
{
    (double X, double Y) At(int x, int y);
}

/// <summary>The one kernel of all that bends, turns or shears: pixels at any places.</summary>
internal static class Sampling
{
    /// <summary>Planes […, height, width] as [planes, height, width]; outside of the source there is a value, or one for each channel; a picture that fades into it does so by the square of its part, as in torchvision.</summary>
    public static Tensor Run<TPlaces>(Tensor pixels, int height, int width, TPlaces places, bool linear, float[] fill, bool fades) where TPlaces : struct, IPlaces
    {
        int fromHeight = pixels.Shape[^2], fromWidth = pixels.Shape[^1], planes = checked((int)(pixels.Numel / fromHeight / fromWidth));
        float[] source = pixels.ToArray<float>(), target = new float[checked(planes * height * width)];
        Span<int> at = stackalloc int[4];
        Span<float> share = stackalloc float[4];
        for (int y = 0, to = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, to++)
            {
                var (sx, sy) = places.At(x, y);
                int taps = linear ? Corners(sx, sy, fromHeight, fromWidth, at, share) : Nearest(sx, sy, fromHeight, fromWidth, at, share);
                float outside = 1;
                for (int k = 0; k < taps; k++) outside -= share[k];
                for (int plane = 0, from = 0, p = to; plane < planes; plane++, from += fromHeight * fromWidth, p += height * width)
                {
                    float sum = 0;
                    for (int k = 0; k < taps; k++) sum += share[k] * source[from + at[k]];
                    target[p] = (fades ? sum * (1 - outside) : sum) + fill[plane % fill.Length] * outside;
                }
            }
        }
        return Tensor.From(target, [.. pixels.Shape.Take(pixels.Rank - 2), height, width]);
    }

    static int Nearest(double x, double y, int height, int width, Span<int> at, Span<float> share)
    {
        double column = Math.Round(x), row = Math.Round(y);
        if (!(column >= 0 && column < width && row >= 0 && row < height)) return 0;
        (at[0], share[0]) = ((int)row * width + (int)column, 1);
        return 1;
    }

    static int Corners(double x, double y, int height, int width, Span<int> at, Span<float> share)
    {
        if (!(x > -1 && x < width && y > -1 && y < height)) return 0;
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y), taps = 0;
        double right = x - left, below = y - top;
        for (int corner = 0; corner < 4; corner++)
        {
            int column = left + (corner & 1), row = top + (corner >> 1);
            if ((uint)column >= (uint)width || (uint)row >= (uint)height) continue;
            at[taps] = row * width + column;
            share[taps++] = (float)(((corner & 1) == 1 ? right : 1 - right) * (corner >> 1 == 1 ? below : 1 - below));
        }
        return taps;
    }
}

/// <summary>Pixels moved by a map of the plane.</summary>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="Map">From places of the source to those of the result.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours, instead of the nearest.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
internal sealed record Warp(int Height, int Width, Homography Map, bool Linear, Fill Fill) : Geometry(Height, Width)
{
    readonly record struct Back(Homography Map) : IPlaces
    {
        public (double X, double Y) At(int x, int y)
        {
            var (sx, sy) = Map.Of(x + 0.5, y + 0.5);
            return (sx - 0.5, sy - 0.5);
        }
    }

    protected override Tensor Move(Tensor pixels, bool isMask)
    {
        var y = Sampling.Run(pixels, Height, Width, new Back(Map.Inverse()), Linear && !isMask, Fill.In(pixels, isMask), Fill.IsGiven);
        return isMask ? y.To(pixels.DType) : y.Batch().Like(pixels);
    }

    public override (double X, double Y) Point(double x, double y) => Map.Of(x, y);
}

/// <summary>Pixels found some way from where they are shown, each another way.</summary>
/// <param name="Height">Rows, as before.</param>
/// <param name="Width">Columns, as before.</param>
/// <param name="Right">How far to the right each pixel is found, row by row.</param>
/// <param name="Down">How far below.</param>
/// <param name="Linear">Whether values between pixels are means of the neighbours.</param>
/// <param name="Fill">What stands outside: 0 is black, 1 is white, for all channels or for each.</param>
internal sealed record Bend(int Height, int Width, float[] Right, float[] Down, bool Linear, Fill Fill) : Geometry(Height, Width)
{
    readonly record struct Found(float[] Right, float[] Down, int Width) : IPlaces
    {
        public (double X, double Y) At(int x, int y) => (x + Right[y * Width + x], y + Down[y * Width + x]);
    }

    protected override Tensor Move(Tensor pixels, bool isMask)
    {
        var y = Sampling.Run(pixels, Height, Width, new Found(Right, Down, Width), Linear && !isMask, Fill.In(pixels, isMask), Fill.IsGiven);
        return isMask ? y.To(pixels.DType) : y.Batch().Like(pixels);
    }

    /// <summary>The way back, to first order: what is found to the right goes to the left.</summary>
    public override (double X, double Y) Point(double x, double y)
    {
        int at = Math.Clamp((int)y, 0, Height - 1) * Width + Math.Clamp((int)x, 0, Width - 1);
        return (x - Right[at], y - Down[at]);
    }
}
