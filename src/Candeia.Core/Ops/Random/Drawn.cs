using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// Numbers drawn from distributions whose parameters are a tensor, in its shape: element i, counted in row-major order, is made of a stream of its own, that of
/// position <c>Start.Position + i</c>. Input: the parameters.
/// </summary>
/// <param name="Start">Key, stream and position from which the numbers are drawn.</param>
public abstract record DrawnOp(GeneratorState Start) : Op
{
    /// <inheritdoc/>
    protected internal sealed override bool IsDifferentiable => false;

    /// <summary>Draws a number for each parameter.</summary>
    /// <exception cref="ArgumentException">The parameters have no fractions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no distribution of such a parameter.</exception>
    public Tensor Apply(Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!parameters.DType.IsFloatingPoint()) throw new ArgumentException($"{Name} takes floating-point parameters, not {parameters.DType}; convert with To(DType.{Tensor.DefaultDType}).");
        return Run(parameters.Shape, parameters.DType, parameters);
    }

    /// <summary>The parameters' part of a generator's stream.</summary>
    internal static GeneratorState Take(Generator? generator, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return (generator ?? Generator.Default).Advance(parameters.Numel);
    }

    private protected void Fill<TDrawn>(Tensor parameters, Tensor y) where TDrawn : struct, IDrawn
    {
        var x = parameters.Contiguous();
        Numbers.RunFloat(y.DType, new Call<TDrawn>(Start, Name, x, y));
    }

    readonly struct Call<TDrawn>(GeneratorState start, string name, Tensor x, Tensor y) : IFloatCall where TDrawn : struct, IDrawn
    {
        public void Run<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            if (RandomCalls.Draw<T, TDrawn>(start, x, y)) return;
            throw new ArgumentOutOfRangeException(nameof(x), $"There is no {name} distribution of a parameter {x.ToArray<double>().First(p => !TDrawn.Takes(p))}.");
        }
    }
}

/// <summary>Counts from Poisson distributions. Input: their means, from 0 to 2³⁰.</summary>
/// <param name="Start">Key, stream and position from which the numbers are drawn.</param>
public sealed record PoissonOp(GeneratorState Start) : DrawnOp(Start)
{
    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => Fill<PoissonCount>(x[0], outputs[0]);
}

/// <summary>Numbers from gamma distributions of scale 1. Input: their shapes, above 0.</summary>
/// <param name="Start">Key, stream and position from which the numbers are drawn.</param>
public sealed record StandardGammaOp(GeneratorState Start) : DrawnOp(Start)
{
    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => Fill<GammaNumber>(x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>Counts from Poisson distributions with these means, in their shape and type. Without a gradient.</summary>
    /// <param name="means">From 0 to 2³⁰.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <exception cref="ArgumentException">The means have no fractions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A mean is negative, not a number, or above 2³⁰.</exception>
    /// <example><code>Tensor means = [0.5, 100]; var y = means.Poisson();                // such as [0, 97]</code></example>
    public static Tensor Poisson(this Tensor means, Generator? generator = null) => new PoissonOp(DrawnOp.Take(generator, means)).Apply(means);

    /// <summary>Numbers from gamma distributions with these shapes and scale 1, in their shape and type. Without a gradient.</summary>
    /// <param name="shapes">Above 0.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <exception cref="ArgumentException">The shapes have no fractions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A shape is not above 0.</exception>
    /// <example><code>Tensor shapes = [0.5, 9.0]; var y = shapes.StandardGamma();        // such as [0.2, 8.1]</code></example>
    public static Tensor StandardGamma(this Tensor shapes, Generator? generator = null) => new StandardGammaOp(DrawnOp.Take(generator, shapes)).Apply(shapes);

    /// <summary>Ones with these probabilities, and zeros, in their shape and type. Without a gradient.</summary>
    /// <param name="probabilities">From 0 to 1.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <exception cref="ArgumentException">The probabilities have no fractions, or are not from 0 to 1.</exception>
    /// <example><code>Tensor p = [0.0, 1, 0.5]; var y = p.Bernoulli();                   // such as [0, 1, 1]</code></example>
    public static Tensor Bernoulli(this Tensor probabilities, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (!probabilities.DType.IsFloatingPoint()) throw new ArgumentException($"Probabilities have fractions; {probabilities.DType} has none.", nameof(probabilities));
        var p = probabilities.Detach();
        if (!AreWithin(p, 0, 1)) throw new ArgumentException("Probabilities are from 0 to 1.", nameof(probabilities));
        var y = Tensor.Rand(p.Shape, p.DType.Wide(), generator, p.Device);
        y.CopyFrom(y < p);
        return y.To(p.DType);
    }

    /// <summary>Whether all are numbers between two, which need no memory to be compared with.</summary>
    static bool AreWithin(Tensor x, double least, double most) => x.Numel == 0 || (bool)((x.Amin() >= least) & (x.Amax() <= most));

    /// <summary>
    /// Positions drawn from the last dimension, in proportion to weights: [n] gives [<paramref name="samples"/>], and [m, n] gives [m, <paramref name="samples"/>],
    /// as int64.
    /// </summary>
    /// <param name="weights">One vector or several: 0 or more, not all 0. They need not add up to 1.</param>
    /// <param name="samples">How many are drawn.</param>
    /// <param name="replacement">Whether a position may be drawn several times.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <exception cref="ShapeException">There are more than two dimensions.</exception>
    /// <exception cref="ArgumentException">A weight is negative or not finite, all are 0, or there are fewer than samples that are not.</exception>
    /// <example><code>Tensor weights = [0, 1, 3]; var y = weights.To(DType.Float32).Multinomial(2);  // [1, 2] or [2, 1]</code></example>
    public static Tensor Multinomial(this Tensor weights, int samples, bool replacement = false, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        if (weights.Rank is not (1 or 2)) throw new ShapeException($"Positions are drawn from a vector or from several, not from {weights.Shape}.");
        if (!weights.DType.IsFloatingPoint()) throw new ArgumentException($"Weights have fractions; convert {weights.DType} with To(DType.{Tensor.DefaultDType}).", nameof(weights));
        var w = weights.Detach();
        if (!AreWithin(w, 0, double.MaxValue)) throw new ArgumentException("Weights are finite, and 0 or more.", nameof(weights));
        long least = w.Numel == 0 ? 0 : (long)(w > 0).Sum([-1], keepDim: false).Min();
        if (least < (replacement ? 1 : samples)) throw new ArgumentException($"{samples} positions cannot be drawn {(replacement ? "" : "without replacement ")}where {least} weights are not 0.", nameof(weights));
        if (!replacement) return Clocks(w, generator).TopK(samples).Indices;
        var sums = w.To(DType.Float64).Cumsum(-1);
        var total = sums.Narrow(-1, w.Shape[^1] - 1, 1);
        var places = sums.SearchSorted(Tensor.Rand(w.Shape.With(w.Rank - 1, samples), DType.Float64, generator, w.Device) * total, right: true);
        return places.Minimum((sums < total).Sum([-1], keepDim: true));      // where the product was rounded up to the total
    }

    /// <summary>What is larger the sooner an exponential clock strikes that runs as fast as a weight says; drawn in pieces, so that little else is at hand.</summary>
    static Tensor Clocks(Tensor weights, Generator? generator)
    {
        const int piece = 1 << 16;
        var w = weights.Reshape(-1);
        var clocks = Tensor.Empty(w.Shape, DType.Float64, w.Device);
        for (int i = 0, n; i < w.Shape[0]; i += n)
        {
            n = Math.Min(piece, w.Shape[0] - i);
            using var scope = Scope.Begin();
            clocks.Narrow(0, i, n).CopyFrom(w.Narrow(0, i, n).To(DType.Float64) / Tensor.Exponential([n], 1, DType.Float64, generator, w.Device));
        }
        return clocks.Reshape(weights.Shape.Sizes);
    }
}

public sealed partial class Tensor
{
    /// <summary>Numbers drawn evenly from [0, 1), in the shape, type and device of another tensor.</summary>
    /// <param name="other">Whose shape and device the result has.</param>
    /// <param name="dtype">The type of the result; that of the input or the default, if none is named.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <example><code>var y = Tensor.RandLike(Tensor.Ones([2, 3]));                     // [2, 3]</code></example>
    public static Tensor RandLike(Tensor other, DType? dtype = null, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rand(other.Shape, dtype ?? other.DType, generator, other.Device);
    }

    /// <summary>Numbers drawn from the normal distribution with mean 0 and standard deviation 1, in the shape, type and device of another tensor.</summary>
    /// <param name="other">Whose shape and device the result has.</param>
    /// <param name="dtype">The type of the result; that of the input or the default, if none is named.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <example><code>var y = Tensor.RandnLike(Tensor.Ones([2, 3]));                    // [2, 3]</code></example>
    public static Tensor RandnLike(Tensor other, DType? dtype = null, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Randn(other.Shape, dtype ?? other.DType, generator, other.Device);
    }

    /// <summary>Whole numbers drawn evenly from low … high − 1, in the shape, type and device of another tensor.</summary>
    /// <param name="other">Whose shape and device the result has.</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">What all numbers stay below.</param>
    /// <param name="dtype">The type of the result; that of the input or the default, if none is named.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    /// <example><code>var y = Tensor.RandIntLike(Tensor.Ones([2, 3]), 0, 10);           // [2, 3], float32</code></example>
    public static Tensor RandIntLike(Tensor other, long low, long high, DType? dtype = null, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Randint(low, high, other.Shape, generator, other.Device).To(dtype ?? other.DType);
    }

    /// <summary>Numbers drawn from normal distributions with these means and standard deviations, which broadcast. Without a gradient: for one, compute mean + std · RandnLike(mean).</summary>
    /// <param name="mean">The means.</param>
    /// <param name="std">The standard deviations: 0 or more; both broadcast.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A standard deviation is negative.</exception>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <example><code>Tensor mean = [0.0, 100]; var y = Tensor.Normal(mean, 1);          // such as [-0.3, 101.2]</code></example>
    public static Tensor Normal(Tensor mean, Tensor std, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(std);
        if (!(bool)(std.Detach() >= 0).All()) throw new ArgumentOutOfRangeException(nameof(std), "A standard deviation is a number of at least 0.");
        var dtype = DTypes.Result(mean, std).Fractional();
        var draw = Randn(Shape.Broadcast(mean.Shape, std.Shape), dtype, generator, mean.IsNumber ? std.Device : mean.Device);
        return (mean.Detach() + std.Detach() * draw).To(dtype);
    }

    /// <summary>Numbers drawn from an exponential distribution: waiting times at <paramref name="rate"/> events a unit. None is 0.</summary>
    /// <param name="shape">The sizes of the result.</param>
    /// <param name="rate">How many events there are in a unit of time: above 0.</param>
    /// <param name="dtype">The type of the result; that of the input or the default, if none is named.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0.</exception>
    /// <example><code>var y = Tensor.Exponential([1000], rate: 2);                      // with mean ½</code></example>
    public static Tensor Exponential(Shape shape, double rate = 1, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Drawn(shape, dtype, generator, device, rate > 0, nameof(rate), rate, u => Waited(u) / rate);

    /// <summary>Numbers of trials up to the first that succeeds, each with this probability: 1, 2, ….</summary>
    /// <param name="shape">The sizes of the result.</param>
    /// <param name="probability">How likely a trial succeeds: above 0 and below 1.</param>
    /// <param name="dtype">The type of the result; that of the input or the default, if none is named.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not above 0 and below 1.</exception>
    /// <example><code>var y = Tensor.Geometric([1000], 0.25);                           // with mean 4</code></example>
    public static Tensor Geometric(Shape shape, double probability, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Drawn(shape, dtype, generator, device, probability is > 0 and < 1, nameof(probability), probability, u => (Waited(u) / -Log1p(-probability)).Ceil());

    /// <summary>Numbers whose logarithms are drawn from a normal distribution.</summary>
    /// <param name="shape">The sizes of the result.</param>
    /// <param name="mean">The mean of the logarithms.</param>
    /// <param name="std">The standard deviation of the logarithms.</param>
    /// <param name="dtype">The type of the result; that of the input or the default, if none is named.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is not above 0.</exception>
    /// <example><code>var y = Tensor.LogNormal([1000], 0, 0.5);                         // around 1</code></example>
    public static Tensor LogNormal(Shape shape, double mean = 1, double std = 2, DType? dtype = null, Generator? generator = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(std);
        return Normal(shape, mean, std, dtype, generator, device).Exp();
    }

    /// <summary>Numbers drawn from a Cauchy distribution: half of them are nearer to the median than <paramref name="sigma"/>.</summary>
    /// <param name="shape">The sizes of the result.</param>
    /// <param name="median">The middle: half of the numbers lie above.</param>
    /// <param name="sigma">How far most numbers lie from the median: above 0.</param>
    /// <param name="dtype">The type of the result; that of the input or the default, if none is named.</param>
    /// <param name="generator">Where random numbers come from; the thread's, if not given.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is not above 0.</exception>
    /// <example><code>var y = Tensor.Cauchy([1000]);                                    // around 0, some far away</code></example>
    public static Tensor Cauchy(Shape shape, double median = 0, double sigma = 1, DType? dtype = null, Generator? generator = null, Device? device = null) =>
        Drawn(shape, dtype, generator, device, sigma > 0, nameof(sigma), sigma, u => ((u - 0.5) * Math.PI).Tan() * sigma + median);

    /// <summary>−log(1 − u), and of 0 that of half a step.</summary>
    static Tensor Waited(Tensor u) => -(-u).Log1p().Minimum(u.DType == DType.Float64 ? -5.551115123125783e-17 : -2.9802322387695312e-8);

    static double Log1p(double x) => Math.Abs(x) < 1e-5 ? x - x * x / 2 : Math.Log(1 + x);

    static Tensor Drawn(Shape shape, DType? dtype, Generator? generator, Device? device, bool valid, string name, double parameter, Func<Tensor, Tensor> of)
    {
        if (!valid) throw new ArgumentOutOfRangeException(name, parameter, $"There is no distribution of a {name} of {parameter}.");
        var type = dtype ?? DefaultDType;
        return of(Rand(shape, type == DType.Float64 ? type : type.Wide(), generator, device)).To(type);
    }
}
