namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Channels become pixels: […, c·r², h, w] → […, c, h·r, w·r] (<see href="https://arxiv.org/abs/1609.05158">Shi et al. 2016</see>).</summary>
    /// <param name="x">[…, c·r², h, w].</param>
    /// <param name="upscaleFactor">r, how many pixels beside each other one pixel becomes or comes of.</param>
    /// <exception cref="ShapeException">The channels cannot be divided by r².</exception>
    /// <example><code>
    /// Console.WriteLine(Tensor.Zeros([1, 8, 3, 3]).PixelShuffle(2).Shape); // → [1, 2, 6, 6]
    /// </code></example>
    public static Tensor PixelShuffle(this Tensor x, int upscaleFactor)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(upscaleFactor);
        int r = upscaleFactor;
        if (x.Rank < 3 || x.Shape[^3] % (r * r) != 0) throw new ShapeException($"PixelShuffle by {r} takes […, c, h, w] with channels that {r * r} divides, not {x.Shape}.");
        int n = checked((int)x.Shape[..^3].Numel), c = x.Shape[^3] / (r * r), h = x.Shape[^2], w = x.Shape[^1];
        return x.Reshape(n, c, r, r, h, w).Permute(0, 1, 4, 2, 5, 3).Reshape([.. x.Shape.SkipLast(3), c, h * r, w * r]);
    }

    /// <summary>Pixels become channels, the way back from <see cref="PixelShuffle"/>: […, c, h·r, w·r] → […, c·r², h, w].</summary>
    /// <param name="x">[…, c, h·r, w·r].</param>
    /// <param name="downscaleFactor">r, how many pixels beside each other one pixel becomes or comes of.</param>
    /// <exception cref="ShapeException">Height or width cannot be divided by r.</exception>
    /// <example><code>Console.WriteLine(Tensor.Zeros([1, 2, 6, 6]).PixelUnshuffle(2).Shape);    // → [1, 8, 3, 3]</code></example>
    public static Tensor PixelUnshuffle(this Tensor x, int downscaleFactor)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(downscaleFactor);
        int r = downscaleFactor;
        if (x.Rank < 3 || x.Shape[^2] % r != 0 || x.Shape[^1] % r != 0) throw new ShapeException($"PixelUnshuffle by {r} takes […, c, h, w] whose height and width {r} divides, not {x.Shape}.");
        int n = checked((int)x.Shape[..^3].Numel), c = x.Shape[^3], h = x.Shape[^2] / r, w = x.Shape[^1] / r;
        return x.Reshape(n, c, h, r, w, r).Permute(0, 1, 3, 5, 2, 4).Reshape([.. x.Shape.SkipLast(3), c * r * r, h, w]);
    }

    /// <summary>Channels of all groups by turns: [n, g·k, …] → [n, k·g, …] (<see href="https://arxiv.org/abs/1707.01083">Zhang et al. 2017</see>).</summary>
    /// <param name="x">[n, c, …].</param>
    /// <param name="groups">g, how many groups there are.</param>
    /// <exception cref="ShapeException">The channels cannot be divided into the groups.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Arange(0, 4, dtype: DType.Float32).Reshape(1, 4).ChannelShuffle(2)[0, 1]);    // → 2</code></example>
    public static Tensor ChannelShuffle(this Tensor x, int groups)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (x.Rank < 2 || x.Shape[1] % groups != 0) throw new ShapeException($"ChannelShuffle takes [n, c, …] whose channels can be divided into {groups} groups, not {x.Shape}.");
        int rest = checked((int)x.Shape.Slice(2, x.Rank - 2).Numel);
        return x.Reshape(x.Shape[0], groups, x.Shape[1] / groups, rest).Transpose(1, 2).Reshape(x.Shape);
    }
}
