namespace Candeia;

public static partial class TensorOps
{
    /// <summary>0 where |x| ≤ λ, x elsewhere, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="lambda">λ, the bound.</param>
    /// <example><code>Console.WriteLine((double)Tensor.From([0.4f]).Hardshrink().Sum());  // → 0</code></example>
    public static Tensor Hardshrink(this Tensor x, double lambda = 0.5)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.MaskedFill((x >= -lambda) & (x <= lambda), 0);
    }

    /// <summary>x drawn towards 0 by λ, 0 where it would change its sign, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="lambda">λ, the bound, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lambda"/> is negative.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([2f]).Softshrink().Sum());    // → 1.5</code></example>
    public static Tensor Softshrink(this Tensor x, double lambda = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        return x.InWide(x => (x > lambda).Where(x - lambda, (x < -lambda).Where(x + lambda, x * 0)));
    }

    /// <summary>x − tanh(x), element by element.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <example><code>Console.WriteLine((double)Tensor.From([0f]).Tanhshrink().Sum());    // → 0</code></example>
    public static Tensor Tanhshrink(this Tensor x) => x.InWide(x => x - x.Tanh());

    /// <summary>x where it is larger than a threshold, a value elsewhere, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="threshold">What x is compared with.</param>
    /// <param name="value">What stands for all that is not larger.</param>
    /// <example><code>Console.WriteLine((double)Tensor.From([2f, 0]).Threshold(1, 7).Sum());    // → 9</code></example>
    public static Tensor Threshold(this Tensor x, double threshold, double value)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.MaskedFill(x <= threshold, value);
    }

    /// <summary>
    /// x where it is positive, slope·x elsewhere: in training with a random slope for each element, otherwise with the mean of the bounds
    /// (<see href="https://arxiv.org/abs/1505.00853">Xu et al. 2015</see>).
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="lower">The least slope.</param>
    /// <param name="upper">The greatest slope.</param>
    /// <param name="training">Whether slopes are drawn.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentException">The lower bound is above the upper one.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([-48f]).Rrelu(training: false).Sum());    // → -11</code></example>
    public static Tensor Rrelu(this Tensor x, double lower = 1.0 / 8, double upper = 1.0 / 3, bool training = false, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!(lower <= upper)) throw new ArgumentException($"Slopes lie between a lower and an upper bound, not between {lower} and {upper}.");
        if (!training) return x.LeakyRelu((lower + upper) / 2);
        var dtype = x.DType.Fractional();
        return (x > 0).Where(x, x * Tensor.Uniform(x.Shape, lower, upper, dtype, generator, x.Device));
    }

    /// <summary>a·sigmoid(b), where a and b are the halves of a dimension (<see href="https://arxiv.org/abs/1612.08083">Dauphin et al. 2016</see>).</summary>
    /// <param name="x">The input.</param>
    /// <param name="dim">The dimension that is halved.</param>
    /// <exception cref="ShapeException">The dimension has an odd size.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([8f, 0]).Glu().Sum());    // → 4</code></example>
    public static Tensor Glu(this Tensor x, int dim = -1) => Gated(x, dim, nameof(Glu), (a, b) => a * b.Sigmoid());

    /// <summary>silu(a)·b, where a and b are the halves of a dimension: the gate of many language models (<see href="https://arxiv.org/abs/2002.05202">Shazeer 2020</see>).</summary>
    /// <param name="x">The input.</param>
    /// <param name="dim">The dimension that is halved.</param>
    /// <exception cref="ShapeException">The dimension has an odd size.</exception>
    /// <example><code>Console.WriteLine(Tensor.Ones([2, 6]).SwiGlu().Shape);    // → [2, 3]</code></example>
    public static Tensor SwiGlu(this Tensor x, int dim = -1) => Gated(x, dim, nameof(SwiGlu), (a, b) => a.Silu() * b);

    /// <summary>The <see cref="Softmax(Tensor, int, DType?)"/> of −x: the smaller, the more.</summary>
    /// <param name="x">The input.</param>
    /// <param name="dim">The dimension whose numbers add up to 1.</param>
    /// <example><code>Console.WriteLine((long)Tensor.From([3f, 1, 2]).Softmin(0).ArgMax());    // → 1</code></example>
    public static Tensor Softmin(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (-x).Softmax(dim);
    }

    /// <summary>The probabilities nearest to x: like <see cref="Softmax(Tensor, int, DType?)"/>, but with true zeros (<see href="https://arxiv.org/abs/1602.02068">Martins and Astudillo 2016</see>).</summary>
    /// <param name="x">The input.</param>
    /// <param name="dim">The dimension whose numbers add up to 1.</param>
    /// <example><code>Console.WriteLine((double)Tensor.From([3f, 0, 1]).Sparsemax()[0]);    // → 1</code></example>
    public static Tensor Sparsemax(this Tensor x, int dim = -1) => x.InWide(x =>
    {
        int d = x.Shape.Dim(dim);
        if (x.Rank == 0) return x * 0 + 1;
        using var between = Between.Of(x);
        Tensor support;
        using (Autograd.NoGrad())
        {
            var z = x.Detach().Movedim(d, -1);
            var sorted = z.Sort(-1, descending: true).Values;
            var ranks = Tensor.Arange(1, z.Shape[^1] + 1, dtype: z.DType, device: z.Device);
            var sums = sorted.Cumsum(-1);
            var count = (ranks * sorted + 1 > sums).Sum([-1], keepDim: true);
            var tau = (sums.Gather(-1, count - 1) - 1) / count.To(z.DType);
            support = (z > tau).To(z.DType).Movedim(-1, d);
        }
        var shift = ((x * support).Sum([d], keepDim: true) - 1) / support.Sum([d], keepDim: true);
        return between.Keep((x - shift) * support);
    });

    /// <summary>Samples of classes that gradients flow through: the softmax of (x + Gumbel noise) / τ (<see href="https://arxiv.org/abs/1611.01144">Jang et al. 2016</see>).</summary>
    /// <param name="x">Scores (logits).</param>
    /// <param name="tau">τ: the smaller, the nearer to one class alone.</param>
    /// <param name="hard">Whether the result is 1 for one class and 0 for all others, with the gradient of the soft one.</param>
    /// <param name="dim">The dimension of the classes.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tau"/> is not positive.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Zeros([5]).GumbelSoftmax(hard: true).Sum());    // → 1</code></example>
    public static Tensor GumbelSoftmax(this Tensor x, double tau = 1, bool hard = false, int dim = -1, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!(tau > 0)) throw new ArgumentOutOfRangeException(nameof(tau), $"A temperature is positive, not {tau}.");
        using var between = Between.Of(x);
        var uniform = Tensor.Uniform(x.Shape, 0, 1, x.DType.Fractional().Wide(), generator, x.Device);
        var noise = -(-(uniform + 1e-20).Log() + 1e-20).Log();
        var soft = ((x + noise.To(x.DType)) / tau).Softmax(dim);
        if (!hard) return between.Keep(soft);
        int d = x.Shape.Dim(dim);
        var one = soft.Detach().ArgMax(d).OneHot(x.Shape[d]).Movedim(-1, d).To(soft.DType);
        return between.Keep(one - soft.Detach() + soft);
    }

    static Tensor Gated(Tensor x, int dim, string name, Func<Tensor, Tensor, Tensor> gate)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        if (x.Rank == 0 || x.Shape[d] % 2 != 0) throw new ShapeException($"{name} halves dimension {dim}, and that of {x.Shape} has no even size.");
        return x.InWide(x => gate(x.Narrow(d, 0, x.Shape[d] / 2), x.Narrow(d, x.Shape[d] / 2, x.Shape[d] / 2)));
    }
}
