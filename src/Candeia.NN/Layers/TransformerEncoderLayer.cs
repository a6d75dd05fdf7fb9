namespace Candeia.NN;

/// <summary>
/// Self-attention and a small network at each position, both with a residual connection and layer normalization (<see
/// href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>): [n, length, model] → [n, length, model].
/// </summary>
public sealed class TransformerEncoderLayer : Layer
{
    readonly MultiheadAttention selfAttn;
    readonly Linear linear1, linear2;
    readonly LayerNorm norm1, norm2;
    readonly Dropout dropout, dropout1, dropout2;
    readonly bool _normFirst;
    readonly Func<Tensor, Tensor> _activation;

    /// <param name="model">How many numbers describe a position; the heads divide them evenly.</param>
    /// <param name="heads">How many heads the attention has.</param>
    /// <param name="feedforward">How wide the small network at each position is; four times the model is usual.</param>
    /// <param name="dropout">How likely each of the four dropouts makes a number zero in training.</param>
    /// <param name="activation">What stands between its two linear layers; ReLU, if nothing is given.</param>
    /// <param name="normFirst">Whether each part is normalized before it, not after the sum.</param>
    /// <param name="generator">Where initial values and the randomness of the dropouts come from.</param>
    public TransformerEncoderLayer(
        int model, int heads, int feedforward = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, bool normFirst = false, Generator? generator = null)
    {
        (_normFirst, _activation) = (normFirst, activation ?? (static x => x.Relu()));
        selfAttn = new(model, heads, dropout, generator: generator);
        (linear1, linear2) = (new(model, feedforward, generator: generator), new(feedforward, model, generator: generator));
        (norm1, norm2) = (new([model]), new([model]));
        (this.dropout, dropout1, dropout2) = (new(dropout, generator), new(dropout, generator), new(dropout, generator));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, null, false);

    /// <summary>With masks for the attention, in the sense of <see cref="MultiheadAttention"/>: true where a position may <b>not</b> look.</summary>
    /// <param name="x">[n, length, model].</param>
    /// <param name="mask">What broadcasts to [n, heads, length, length]: true where a position may not look, or numbers that are added to the scores.</param>
    /// <param name="causal">Whether no position may look at later ones.</param>
    /// <param name="keyPaddingMask">[n, length]: true where a position is padding at which none may look.</param>
    public Tensor Forward(Tensor x, Tensor? mask, bool causal = false, Tensor? keyPaddingMask = null)
    {
        if (_normFirst)
        {
            x = x + Attend(x.Apply(norm1), mask, causal, keyPaddingMask);
            return x + Feed(x.Apply(norm2));
        }
        x = (x + Attend(x, mask, causal, keyPaddingMask)).Apply(norm1);
        return (x + Feed(x)).Apply(norm2);
    }

    Tensor Attend(Tensor x, Tensor? mask, bool causal, Tensor? keyPaddingMask) => selfAttn.Forward(x, mask, causal, keyPaddingMask).Apply(dropout1);

    Tensor Feed(Tensor x) => _activation(x.Apply(linear1)).Apply(dropout).Apply(linear2).Apply(dropout2);
}
