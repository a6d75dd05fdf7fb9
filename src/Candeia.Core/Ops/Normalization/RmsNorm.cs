namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The last dimensions of each sample divided by the root of the mean of their squares, then scaled element by element (<see href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019</see>).</summary>
    /// <param name="x">[…, <paramref name="normalizedShape"/>].</param>
    /// <param name="normalizedShape">The sizes of the dimensions that are normalized together.</param>
    /// <param name="weight">The scale of each element, in that shape; 1, if there is none.</param>
    /// <param name="epsilon">Added to the mean square; the smallest step of the type, if not given.</param>
    /// <exception cref="ShapeException">The last sizes are others, or the weight has another shape.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Full([4], 3).RmsNorm([4]).Sum());    // → 4</code></example>
    public static Tensor RmsNorm(this Tensor x, Shape normalizedShape, Tensor? weight = null, double? epsilon = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        int dims = normalizedShape.Rank;
        if (dims == 0) throw new ArgumentException("RmsNorm needs at least one dimension to normalize.");
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"RmsNorm takes floating-point numbers, not {x.DType}.");
        if (x.Rank < dims || x.Shape.Slice(x.Rank - dims, dims) != normalizedShape)
            throw new ShapeException($"RmsNorm of {normalizedShape} does not take {x.Shape}: its last sizes must be {normalizedShape}.");
        if (weight is not null && weight.Shape != normalizedShape) throw new ShapeException($"RmsNorm of {normalizedShape} needs a weight like that, not {weight.Shape}.");
        int[] last = [.. Enumerable.Range(-dims, dims)];
        double e = epsilon ?? Finfo.Of(x.DType).Eps;
        var y = x.InWide(x => x * (x.Square().Mean(last, keepDim: true) + e).Rsqrt());
        return weight is null ? y : y * weight;
    }

    /// <summary>Each number divided by a power of the mean square of its neighbours in other channels: x / (k + α · mean x²)^β (<see href="https://papers.nips.cc/paper/4824">Krizhevsky et al. 2012</see>).</summary>
    /// <param name="x">[n, c, …].</param>
    /// <param name="size">How many channels count as neighbours, itself among them.</param>
    /// <param name="alpha">α, the weight of the mean square.</param>
    /// <param name="beta">β, the exponent.</param>
    /// <param name="k">k, what is added.</param>
    /// <exception cref="ShapeException">There is nothing behind the channels.</exception>
    /// <example><code>Console.WriteLine(Tensor.Ones([1, 6, 4, 4]).LocalResponseNorm(5).Shape);    // → [1, 6, 4, 4]</code></example>
    public static Tensor LocalResponseNorm(this Tensor x, int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (x.Rank < 3) throw new ShapeException($"LocalResponseNorm takes [n, c, …] with at least one dimension behind the channels, not {x.Shape}.");
        int channels = x.Shape[1];
        var mean = Taps.Of(channels, channels, (c, add) =>
        {
            for (int d = c - size / 2; d < c - size / 2 + size; d++) if (d >= 0 && d < channels) add(d, 1.0 / size);
        });
        return x.InWide(x =>
        {
            using var between = Between.Of(x);
            return between.Keep(x / (new ResampleOp(1, mean).Apply(x.Square()) * alpha + k).Pow(beta));
        });
    }
}
