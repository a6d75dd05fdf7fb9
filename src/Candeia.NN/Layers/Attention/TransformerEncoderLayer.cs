namespace Candeia.NN;

/// <summary>
/// Self-attention and a small network at each position, both with a residual connection and layer normalization
/// (<see href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>): [n, length, model] → [n, length, model].
/// </summary>
/// <example><code>
/// var layer = new TransformerEncoderLayer(model: 8, heads: 2, feedforward: 16);
/// Console.WriteLine(layer.Forward(Tensor.Ones([3, 5, 8]), mask: null, causal: true).Shape);     // → [3, 5, 8]
/// </code></example>
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
    /// <param name="layerNormEps">Added to the variances.</param>
    /// <param name="bias">Whether linear layers and normalizations add learnt numbers.</param>
    /// <param name="batchFirst">Whether inputs are [n, length, model]; otherwise [length, n, model].</param>
    /// <param name="generator">Where initial values and the randomness of the dropouts come from.</param>
    public TransformerEncoderLayer(
        int model, int heads, int feedforward = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, bool normFirst = false,
        double layerNormEps = 1e-5, bool bias = true, bool batchFirst = true, Generator? generator = null)
    {
        (_normFirst, _activation) = (normFirst, activation ?? (static x => x.Relu()));
        selfAttn = new(model, heads, dropout, bias, batchFirst: batchFirst, generator: generator);
        (linear1, linear2) = (new(model, feedforward, bias, generator), new(feedforward, model, bias, generator));
        (norm1, norm2) = (new([model], layerNormEps, bias: bias), new([model], layerNormEps, bias: bias));
        (this.dropout, dropout1, dropout2) = (new(dropout, generator), new(dropout, generator), new(dropout, generator));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, null, false);

    /// <summary>With masks for the attention, in the sense of <see cref="MultiheadAttention"/>: true where a position may <b>not</b> look.</summary>
    /// <param name="x">[n, length, model].</param>
    /// <param name="mask">What broadcasts to [n, heads, length, length]: true where a position may not look, or numbers that are added to the scores.</param>
    /// <param name="causal">Whether no position may look at later ones.</param>
    /// <param name="keyPaddingMask">[n, length]: true where a position is padding at which none may look.</param>
    public Tensor Forward(Tensor x, Tensor? mask, bool causal = false, Tensor? keyPaddingMask = null) =>
        Forward(x, t => selfAttn.Forward(t, mask, causal, keyPaddingMask));

    /// <summary>The next positions of a causal model, which see those in the cache and themselves.</summary>
    /// <param name="x">[n, length, model].</param>
    /// <param name="cache">The positions before; these are added.</param>
    /// <param name="layer">Which layer of the cache is this one's.</param>
    public Tensor Forward(Tensor x, KeyValueCache cache, int layer) => Forward(x, t => selfAttn.Forward(t, cache, layer));

    Tensor Forward(Tensor x, Func<Tensor, Tensor> attend)
    {
        if (_normFirst)
        {
            x = x + attend(x.Apply(norm1)).Apply(dropout1);
            return x + Feed(x.Apply(norm2));
        }
        x = (x + attend(x).Apply(dropout1)).Apply(norm1);
        return (x + Feed(x)).Apply(norm2);
    }

    Tensor Feed(Tensor x) => _activation(x.Apply(linear1)).Apply(dropout).Apply(linear2).Apply(dropout2);
}
