namespace Candeia.NN;

/// <summary>In training, whole channels of [n, c, l] become zero with probability p, and the rest is divided by 1 − p; in evaluation the input itself.</summary>
/// <param name="p">The probability that a channel is dropped.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class Dropout1d(double p = 0.5, Generator? generator = null) : Layer
{
    readonly double _p = Words.Probability(p);

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.FeatureDropout(_p, IsTraining, generator);
}

/// <summary>In training, whole channels of [n, c, …] become zero with probability p, and the rest is divided by 1 − p; in evaluation the input itself.</summary>
/// <param name="p">The probability that a channel is dropped.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class Dropout2d(double p = 0.5, Generator? generator = null) : Layer
{
    readonly double _p = Words.Probability(p);

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.FeatureDropout(_p, IsTraining, generator);
}

/// <summary>In training, whole channels of [n, c, d, h, w] become zero with probability p, and the rest is divided by 1 − p; in evaluation the input itself.</summary>
/// <param name="p">The probability that a channel is dropped.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class Dropout3d(double p = 0.5, Generator? generator = null) : Layer
{
    readonly double _p = Words.Probability(p);

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.FeatureDropout(_p, IsTraining, generator);
}

/// <summary>Dropout that keeps mean and variance of what SELU makes; in evaluation the input itself.</summary>
/// <param name="p">The probability that an element is dropped.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class AlphaDropout(double p = 0.5, Generator? generator = null) : Layer
{
    readonly double _p = Words.Probability(p);

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AlphaDropout(_p, IsTraining, generator);
}

/// <summary>Dropout of whole channels of [n, c, …] that keeps mean and variance of what SELU makes; in evaluation the input itself.</summary>
/// <param name="p">The probability that a channel is dropped.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class FeatureAlphaDropout(double p = 0.5, Generator? generator = null) : Layer
{
    readonly double _p = Words.Probability(p);

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.FeatureAlphaDropout(_p, IsTraining, generator);
}

/// <summary>In training, whole samples become zero with probability p, and the rest is divided by 1 − p: a residual branch that is left out (<see href="https://arxiv.org/abs/1603.09382">Huang et al. 2016</see>).</summary>
/// <param name="p">The probability that a branch is left out.</param>
/// <param name="perRow">Whether each sample is drawn for itself, instead of one draw for the whole batch.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class StochasticDepth(double p, bool perRow = true, Generator? generator = null) : Layer
{
    readonly double _p = Words.Probability(p);

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.StochasticDepth(_p, IsTraining, perRow, generator);
}
