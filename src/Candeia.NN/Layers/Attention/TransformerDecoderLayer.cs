namespace Candeia.NN;

/// <summary>
/// Self-attention, attention to what an encoder has made of another sequence, and a small network at each position, each with a residual connection and layer
/// normalization (<see href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</see>).
/// </summary>
/// <example><code>
/// var layer = new TransformerDecoderLayer(model: 8, heads: 2, feedforward: 16);
/// var y = layer.Forward(Tensor.Ones([3, 5, 8]), memory: Tensor.Ones([3, 7, 8]), causal: true);
/// Console.WriteLine(y.Shape);                                             // → [3, 5, 8]
/// </code></example>
public sealed class TransformerDecoderLayer : Module
{
    readonly MultiheadAttention selfAttn, multiheadAttn;
    readonly Linear linear1, linear2;
    readonly LayerNorm norm1, norm2, norm3;
    readonly Dropout dropout, dropout1, dropout2, dropout3;
    readonly bool _normFirst;
    readonly Func<Tensor, Tensor> _activation;

    /// <param name="model">How many numbers describe a position; the heads divide them evenly.</param>
    /// <param name="heads">How many heads both attentions have.</param>
    /// <param name="feedforward">How wide the small network at each position is; four times the model is usual.</param>
    /// <param name="dropout">How likely each of the dropouts makes a number zero in training.</param>
    /// <param name="activation">What stands between its two linear layers; ReLU, if nothing is given.</param>
    /// <param name="normFirst">Whether each part is normalized before it, not after the sum.</param>
    /// <param name="layerNormEps">Added to the variances.</param>
    /// <param name="bias">Whether linear layers and normalizations add learnt numbers.</param>
    /// <param name="batchFirst">Whether inputs are [n, length, model]; otherwise [length, n, model].</param>
    /// <param name="generator">Where initial values and the randomness of the dropouts come from.</param>
    public TransformerDecoderLayer(
        int model, int heads, int feedforward = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, bool normFirst = false,
        double layerNormEps = 1e-5, bool bias = true, bool batchFirst = true, Generator? generator = null)
    {
        (_normFirst, _activation) = (normFirst, activation ?? (static x => x.Relu()));
        selfAttn = new(model, heads, dropout, bias, batchFirst: batchFirst, generator: generator);
        multiheadAttn = new(model, heads, dropout, bias, batchFirst: batchFirst, generator: generator);
        (linear1, linear2) = (new(model, feedforward, bias, generator), new(feedforward, model, bias, generator));
        (norm1, norm2, norm3) = (new([model], layerNormEps, bias: bias), new([model], layerNormEps, bias: bias), new([model], layerNormEps, bias: bias));
        (this.dropout, dropout1, dropout2, dropout3) = (new(dropout, generator), new(dropout, generator), new(dropout, generator), new(dropout, generator));
    }

    /// <summary>One step of the decoder; masks are in the sense of <see cref="MultiheadAttention"/>: true where a position may <b>not</b> look.</summary>
    /// <param name="x">[n, length, model].</param>
    /// <param name="memory">What the encoder found: [n, others, model].</param>
    /// <param name="mask">Where positions may not look among themselves.</param>
    /// <param name="memoryMask">Where they may not look in the memory.</param>
    /// <param name="causal">Whether no position may look at later ones.</param>
    /// <param name="keyPaddingMask">[n, length]: true where a position is padding.</param>
    /// <param name="memoryKeyPaddingMask">[n, others]: true where the memory is padding.</param>
    public Tensor Forward(
        Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, bool causal = false, Tensor? keyPaddingMask = null, Tensor? memoryKeyPaddingMask = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(memory);
        if (_normFirst)
        {
            x = x + Itself(x.Apply(norm1));
            x = x + Memory(x.Apply(norm2));
            return x + Feed(x.Apply(norm3));
        }
        x = (x + Itself(x)).Apply(norm1);
        x = (x + Memory(x)).Apply(norm2);
        return (x + Feed(x)).Apply(norm3);

        Tensor Itself(Tensor t) => selfAttn.Forward(t, mask, causal, keyPaddingMask).Apply(dropout1);
        Tensor Memory(Tensor t) => multiheadAttn.Forward(t, memory, memory, memoryMask, keyPaddingMask: memoryKeyPaddingMask).Apply(dropout2);
    }

    Tensor Feed(Tensor x) => _activation(x.Apply(linear1)).Apply(dropout).Apply(linear2).Apply(dropout3);
}
