namespace Candeia.NN;

/// <summary>Decoder layers one above the other, and a normalization at the end, if there is one.</summary>
/// <example><code>
/// var decoder = new TransformerDecoder(() => new(model: 8, heads: 2, feedforward: 16), numLayers: 3);
/// Console.WriteLine(decoder.Forward(Tensor.Ones([3, 5, 8]), Tensor.Ones([3, 7, 8]), causal: true).Shape);   // → [3, 5, 8]
/// </code></example>
public sealed class TransformerDecoder : Module
{
    readonly TransformerDecoderLayer[] layers;
    readonly Layer? norm;

    /// <param name="layer">Makes a layer; each one begins with its own values, while PyTorch copies one.</param>
    /// <param name="numLayers">How many of them.</param>
    /// <param name="norm">What follows the last.</param>
    public TransformerDecoder(Func<TransformerDecoderLayer> layer, int numLayers, Layer? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfNegative(numLayers);
        (layers, this.norm) = ([.. Enumerable.Range(0, numLayers).Select(_ => layer())], norm);
    }

    /// <summary>All layers; see <see cref="TransformerDecoderLayer"/> for the masks.</summary>
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
        foreach (var layer in layers) x = layer.Forward(x, memory, mask, memoryMask, causal, keyPaddingMask, memoryKeyPaddingMask);
        return norm is null ? x : x.Apply(norm);
    }
}
