namespace Candeia.NN;

/// <summary>A learnt vector for each of a number of things: int64 […] → […, features].</summary>
public sealed class Embedding : Layer
{
    readonly int? _paddingIdx;
    readonly double? _maxNorm;
    readonly double _normType;
    readonly bool _scaleGradByFreq;

    /// <param name="count">How many things there are.</param>
    /// <param name="features">The length of the vectors.</param>
    /// <param name="paddingIdx">The index that stands for nothing: its vector begins with zeros and is not trained. Negative ones count from the end.</param>
    /// <param name="maxNorm">Vectors that are used and longer than this are shortened to it, in place.</param>
    /// <param name="normType">Which norm that is.</param>
    /// <param name="scaleGradByFreq">Whether gradients are divided by how often their index occurs in the batch.</param>
    /// <param name="generator">Where initial values come from: the standard normal distribution.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such padding index.</exception>
    public Embedding(int count, int features, int? paddingIdx = null, double? maxNorm = null, double normType = 2, bool scaleGradByFreq = false, Generator? generator = null)
        : this(Parameter.Of(Tensor.Empty([count, features])), paddingIdx, maxNorm, normType, scaleGradByFreq)
    {
        Init.Normal(Weight, generator: generator);
        if (_paddingIdx is not { } nothing) return;
        using var _ = Autograd.NoGrad();
        Weight.Narrow(0, nothing, 1).Fill(0);
    }

    Embedding(Tensor weight, int? paddingIdx, double? maxNorm, double normType, bool scaleGradByFreq)
    {
        Weight = weight;
        (_maxNorm, _normType, _scaleGradByFreq) = (maxNorm, normType, scaleGradByFreq);
        int count = weight.Shape[0];
        if (paddingIdx < -count || paddingIdx >= count) throw new ArgumentOutOfRangeException(nameof(paddingIdx), $"There are {count} things, and no padding index {paddingIdx}.");
        _paddingIdx = paddingIdx < 0 ? paddingIdx + count : paddingIdx;
    }

    /// <summary>An embedding of vectors that exist already.</summary>
    /// <param name="vectors">The vectors, [count, features]; they are shared, not copied.</param>
    /// <param name="freeze">Whether they stay as they are.</param>
    /// <param name="paddingIdx">The index that stands for nothing: its vector is not trained.</param>
    /// <param name="maxNorm">Vectors that are used and longer than this are shortened to it, in place.</param>
    /// <param name="normType">Which norm that is.</param>
    /// <param name="scaleGradByFreq">Whether gradients are divided by how often their index occurs in the batch.</param>
    /// <exception cref="ShapeException">The vectors are no matrix.</exception>
    /// <example><code>
    /// var words = Embedding.FromPretrained(Tensor.Eye(3));
    /// Console.WriteLine((double)words.Forward(Tensor.From([2L]))[0, 2]);   // → 1
    /// </code></example>
    public static Embedding FromPretrained(
        Tensor vectors, bool freeze = true, int? paddingIdx = null, double? maxNorm = null, double normType = 2, bool scaleGradByFreq = false)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Rank != 2) throw new ShapeException($"An embedding holds vectors [count, features], not {vectors.Shape}.");
        var embedding = new Embedding(Parameter.Of(vectors.Detach()), paddingIdx, maxNorm, normType, scaleGradByFreq);
        return freeze ? embedding.Freeze() : embedding;
    }

    /// <summary>The vectors, [count, features].</summary>
    public Tensor Weight { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Weight.Shape[0]} of {Weight.Shape[1]}" + (_paddingIdx is { } nothing ? $", {nothing} for nothing" : "");

    /// <summary>int64 […] → […, features].</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType.IsFloatingPoint()) throw new ArgumentException($"Embedding takes whole numbers, not {x.DType}; convert with To(DType.Int64).");
        var index = x.Flatten().To(DType.Int64);
        if (_maxNorm is { } most) EmbeddingRows.Renormalize(Weight, index, most, _normType);
        return EmbeddingRows.Of(Weight, index, _paddingIdx, _scaleGradByFreq).Reshape([.. x.Shape, Weight.Shape[1]]);
    }
}
