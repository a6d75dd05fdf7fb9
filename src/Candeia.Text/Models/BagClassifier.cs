using Candeia.NN;

namespace Candeia.Text;

/// <summary>
/// The mean of the learnt vectors of a text's words, and a small network on it: int64 [n, length] → [n, classes]. It is fast, and sees words but not their order.
/// </summary>
/// <example><code>
/// var net = new BagClassifier(vocabulary: 100, classes: 2, features: 16);
/// Console.WriteLine(net.Forward(Tensor.Ones([4, 7], DType.Int64)).Shape);       // → [4, 2]
/// </code></example>
public sealed class BagClassifier : Layer
{
    readonly EmbeddingBag words;
    readonly Linear hidden, classes;
    readonly Dropout dropout;

    /// <param name="vocabulary">How many words there are.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="features">The length of a word's vector.</param>
    /// <param name="dropout">How likely a number of a text's vector becomes zero in training.</param>
    /// <param name="padding">The number that fills up shorter texts and counts for nothing.</param>
    public BagClassifier(int vocabulary, int classes, int features = 64, double dropout = 0.2, int padding = 0)
    {
        words = new(vocabulary, features, BagMode.Mean, padding);
        (hidden, this.classes) = (new(features, features), new(features, classes));
        this.dropout = new(dropout);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => words.Forward(x).Apply(dropout).Apply(hidden).Relu().Apply(dropout).Apply(classes);
}
