using Candeia.NN;

namespace Candeia.Text;

/// <summary>
/// A small <see cref="TransformerEncoder"/>, in which every word looks at all others; the mean over the words decides: int64 [n, length] → [n, classes].
/// </summary>
/// <example><code>
/// var net = new TransformerClassifier(vocabulary: 100, classes: 2, maxLength: 50, features: 16, heads: 2);
/// Console.WriteLine(net.Forward(Tensor.Ones([4, 7], DType.Int64)).Shape);       // → [4, 2]
/// </code></example>
public sealed class TransformerClassifier : Layer
{
    readonly Embedding words;
    readonly LearnedPositions positions;
    readonly Dropout dropout;
    readonly TransformerEncoder encoder;
    readonly Linear classes;
    readonly int _padding, _maxLength;

    /// <param name="vocabulary">How many words there are.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="maxLength">How long texts may be.</param>
    /// <param name="features">How many numbers describe a word; the heads divide them evenly.</param>
    /// <param name="heads">How many heads the attention has.</param>
    /// <param name="layers">How many layers stand one above the other.</param>
    /// <param name="dropout">How likely a number becomes zero in training.</param>
    /// <param name="padding">The number that fills up shorter texts; no word looks at it.</param>
    public TransformerClassifier(
        int vocabulary, int classes, int maxLength = 256, int features = 64, int heads = 4, int layers = 2, double dropout = 0.1, int padding = 0)
    {
        // Words and positions are added, so they begin with the same spread, as long as vectors of length 1.
        double spread = 1 / Math.Sqrt(features);
        words = new(vocabulary, features, padding);
        positions = new(maxLength, features, spread);
        encoder = new(() => new(features, heads, 4 * features, dropout, static x => x.Gelu(), normFirst: true), layers, new LayerNorm([features]));
        this.classes = new(features, classes);
        this.dropout = new(dropout);
        (_padding, _maxLength) = (padding, maxLength);
        using var _ = Autograd.NoGrad();
        words.Weight.CopyFrom(words.Weight * spread);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The texts are longer than was asked for.</exception>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 2 && x.Shape[1] > _maxLength)
            throw new ShapeException($"Texts of {x.Shape[1]} pieces are longer than the {_maxLength} that this network takes; cut them with TextEncoding's MaxLength.");
        var (lengths, isPadding) = PaddedTexts.Look(x, _padding);
        var read = encoder.Forward(x.Apply(words).Apply(positions).Apply(dropout), null, keyPaddingMask: isPadding);      // [n, length, features]
        var count = Tensor.From(Array.ConvertAll(lengths, l => (float)l), [lengths.Length, 1], read.Device).To(read.DType);
        return (read.MaskedFill(isPadding.Unsqueeze(2), 0).Sum([1]) / count).Apply(classes);
    }
}
