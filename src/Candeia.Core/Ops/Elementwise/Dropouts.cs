namespace Candeia;

public static partial class TensorOps
{
    /// <summary>In training, whole channels of [n, c, …] become zero with probability p and the rest is divided by 1 − p; otherwise the input itself.</summary>
    /// <param name="x">[n, c, …].</param>
    /// <param name="p">The probability that a channel is dropped.</param>
    /// <param name="training">Whether to drop anything.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ShapeException">There are no channels.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Ones([4, 2, 3]).FeatureDropout(0.5, training: false).Sum());    // → 24</code></example>
    public static Tensor FeatureDropout(this Tensor x, double p, bool training, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2) throw new ShapeException($"FeatureDropout takes [n, c, …], not {x.Shape}.");
        return training && Probability(p) > 0 ? x * Tensor.Ones(Channels(x), x.DType, x.Device).Dropout(p, training: true, generator) : x;
    }

    /// <summary>
    /// Dropout that keeps mean and variance of what <see cref="Selu"/> makes: in training, elements become −1.758 with probability p, and all are scaled and
    /// shifted (<see href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017</see>).
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="p">The probability that an element is dropped.</param>
    /// <param name="training">Whether to drop anything.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is no probability.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Ones([4]).AlphaDropout(0.5, training: false).Sum());    // → 4</code></example>
    public static Tensor AlphaDropout(this Tensor x, double p, bool training, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return training && Probability(p) > 0 ? Alpha(x, x.Shape, p, generator) : x;
    }

    /// <summary><see cref="AlphaDropout"/> of whole channels of [n, c, …].</summary>
    /// <param name="x">[n, c, …].</param>
    /// <param name="p">The probability that a channel is dropped.</param>
    /// <param name="training">Whether to drop anything.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ShapeException">There are no channels.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Ones([4, 2]).FeatureAlphaDropout(0.5, training: false).Sum());    // → 8</code></example>
    public static Tensor FeatureAlphaDropout(this Tensor x, double p, bool training, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2) throw new ShapeException($"FeatureAlphaDropout takes [n, c, …], not {x.Shape}.");
        return training && Probability(p) > 0 ? Alpha(x, Channels(x), p, generator) : x;
    }

    /// <summary>
    /// In training, whole samples of [n, …] become zero with probability p and the rest is divided by 1 − p: a residual branch that is left out
    /// (<see href="https://arxiv.org/abs/1603.09382">Huang et al. 2016</see>).
    /// </summary>
    /// <param name="x">[n, …].</param>
    /// <param name="p">The probability that a branch is left out.</param>
    /// <param name="training">Whether to drop anything.</param>
    /// <param name="perRow">Whether each sample is drawn for itself, instead of one draw for the whole batch.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is no probability.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Ones([4, 2]).StochasticDepth(0.5, training: false).Sum());    // → 8</code></example>
    public static Tensor StochasticDepth(this Tensor x, double p, bool training, bool perRow = true, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!training || Probability(p) == 0) return x;
        Shape each = [.. x.Shape.Select((size, d) => perRow && d == 0 ? size : 1)];
        return x * Tensor.Ones(each, x.DType, x.Device).Dropout(p, training: true, generator);
    }

    static double Probability(double p) => p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), $"A probability lies between 0 and 1, not {p}.");

    static Shape Channels(Tensor x) => [.. x.Shape.Select((size, d) => d < 2 ? size : 1)];

    static Tensor Alpha(Tensor x, Shape mask, double p, Generator? generator)
    {
        const double Lowest = -1.7580993408473766;                           // −αλ of selu
        if (p == 1) return x * 0;
        double scale = 1 / Math.Sqrt((1 - p) * (1 + p * Lowest * Lowest));
        var keeps = BernoulliOp.Draw(mask, 1 - p, generator, x.Device).To(DType.Bool);
        return x.InWide(x => keeps.Where(x, Tensor.Number(Lowest, x.DType)) * scale - p * Lowest * scale);
    }
}
