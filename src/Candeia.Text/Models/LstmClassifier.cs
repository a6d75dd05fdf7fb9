using Candeia.NN;

namespace Candeia.Text;

/// <summary>
/// An <see cref="LSTM"/> that reads a text from both ends; the largest of what it has made of each word decides: int64 [n, length] → [n, classes].
/// </summary>
/// <example><code>
/// var net = new LstmClassifier(vocabulary: 100, classes: 2, features: 16, hidden: 16);
/// Console.WriteLine(net.Forward(Tensor.Ones([4, 7], DType.Int64)).Shape);       // → [4, 2]
/// </code></example>
public sealed class LstmClassifier : Layer
{
    readonly Embedding words;
    readonly LSTM lstm;
    readonly Linear classes;
    readonly Dropout dropout;
    readonly int _padding;

    /// <param name="vocabulary">How many words there are.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="features">The length of a word's vector.</param>
    /// <param name="hidden">The numbers in the state of each direction.</param>
    /// <param name="layers">How many layers stand one above the other.</param>
    /// <param name="dropout">How likely a number becomes zero in training, of the words' vectors and before the classes.</param>
    /// <param name="padding">The number that fills up shorter texts behind; nothing is computed for it.</param>
    public LstmClassifier(int vocabulary, int classes, int features = 64, int hidden = 64, int layers = 1, double dropout = 0.2, int padding = 0)
    {
        words = new(vocabulary, features, padding);
        lstm = new(features, hidden, layers, batchFirst: true, dropout: layers > 1 ? dropout : 0, bidirectional: true);
        this.classes = new(2 * hidden, classes);
        this.dropout = new(dropout);
        _padding = padding;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var (lengths, isPadding) = PaddedTexts.Look(x, _padding);
        var packed = x.Apply(words).Apply(dropout).PackPaddedSequence(lengths, batchFirst: true, enforceSorted: false);
        var (read, _) = lstm.Forward(packed);
        var (states, _) = read.PadPackedSequence(batchFirst: true, totalLength: x.Shape[1]);      // [n, length, 2 · hidden]
        return states.MaskedFill(isPadding.Unsqueeze(2), double.NegativeInfinity).Amax([1]).Apply(dropout).Apply(classes);
    }
}
