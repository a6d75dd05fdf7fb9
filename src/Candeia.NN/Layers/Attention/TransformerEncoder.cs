namespace Candeia.NN;

/// <summary>Encoder layers one above the other, and a normalization at the end, if there is one.</summary>
/// <example><code>
/// var encoder = new TransformerEncoder(() => new(model: 8, heads: 2, feedforward: 16, normFirst: true), numLayers: 3, new LayerNorm([8]));
/// Console.WriteLine(encoder.Forward(Tensor.Ones([3, 5, 8])).Shape);       // → [3, 5, 8]
/// </code></example>
public sealed class TransformerEncoder : Layer
{
    readonly TransformerEncoderLayer[] layers;
    readonly Layer? norm;

    /// <param name="layer">Makes a layer; each one begins with its own values, while PyTorch copies one.</param>
    /// <param name="numLayers">How many of them.</param>
    /// <param name="norm">What follows the last: a normalization, where layers normalize first.</param>
    public TransformerEncoder(Func<TransformerEncoderLayer> layer, int numLayers, Layer? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfNegative(numLayers);
        (layers, this.norm) = ([.. Enumerable.Range(0, numLayers).Select(_ => layer())], norm);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, null, false);

    /// <summary>With masks for all layers; see <see cref="TransformerEncoderLayer"/>.</summary>
    /// <param name="x">[n, length, model].</param>
    /// <param name="mask">True where a position may not look, or numbers that are added to the scores.</param>
    /// <param name="causal">Whether no position may look at later ones.</param>
    /// <param name="keyPaddingMask">[n, length]: true where a position is padding at which none may look.</param>
    public Tensor Forward(Tensor x, Tensor? mask, bool causal = false, Tensor? keyPaddingMask = null)
    {
        foreach (var layer in layers) x = layer.Forward(x, mask, causal, keyPaddingMask);
        return norm is null ? x : x.Apply(norm);
    }

    /// <summary>The next positions of a causal model, which see those in the cache and themselves.</summary>
    /// <param name="x">[n, length, model].</param>
    /// <param name="cache">The positions before, for as many layers as there are; these are added.</param>
    public Tensor Forward(Tensor x, KeyValueCache cache)
    {
        for (int i = 0; i < layers.Length; i++) x = layers[i].Forward(x, cache, i);
        return norm is null ? x : x.Apply(norm);
    }
}
