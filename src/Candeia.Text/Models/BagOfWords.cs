using Candeia.NN;

namespace Candeia.Text;

/// <summary>
/// Logistic regression on how often each word occurs: int64 [n, length] → [n, classes]. The baseline that every other network for texts is held against: it sees
/// words and no order, and its weights can be read.
/// </summary>
/// <example><code>
/// var net = new BagOfWords(vocabulary: 100, classes: 2);
/// Console.WriteLine(net.Forward(Tensor.Ones([4, 7], DType.Int64)).Shape);       // → [4, 2]
/// </code></example>
public sealed class BagOfWords : Layer
{
    readonly EmbeddingBag words;
    readonly Tensor bias;

    /// <param name="vocabulary">How many words there are.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="padding">The number that fills up shorter texts and counts for nothing.</param>
    public BagOfWords(int vocabulary, int classes, int padding = 0)
    {
        words = new(vocabulary, classes, BagMode.Sum, padding);
        bias = Parameter.Of(Tensor.Zeros([classes]));
        using var _ = Autograd.NoGrad();
        words.Weight.Fill(0);
    }

    /// <summary>What each word adds to the score of each class, [vocabulary, classes].</summary>
    public Tensor Weights => words.Weight;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => words.Forward(x) + bias;
}
