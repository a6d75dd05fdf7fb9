namespace Candeia.NN;

/// <summary>
/// Encoder and decoder of the <see href="https://arxiv.org/abs/1706.03762">paper</see>: one sequence in, for another that grows. Embeddings, positions and the layer that
/// turns outputs into words are one's own.
/// </summary>
/// <example><code>
/// var transformer = new Transformer(model: 8, heads: 2, encoderLayers: 2, decoderLayers: 2, feedforward: 16);
/// Tensor source = Tensor.Ones([3, 7, 8]), target = Tensor.Ones([3, 5, 8]);
/// Console.WriteLine(transformer.Forward(source, target, targetCausal: true).Shape);             // → [3, 5, 8]
/// </code></example>
public sealed class Transformer : Module
{
    /// <param name="model">How many numbers describe a position; the heads divide them evenly.</param>
    /// <param name="heads">How many heads each attention has.</param>
    /// <param name="encoderLayers">How many layers the encoder has.</param>
    /// <param name="decoderLayers">How many layers the decoder has.</param>
    /// <param name="feedforward">How wide the small networks at each position are.</param>
    /// <param name="dropout">How likely each of the dropouts makes a number zero in training.</param>
    /// <param name="activation">What stands between their linear layers; ReLU, if nothing is given.</param>
    /// <param name="normFirst">Whether each part is normalized before it, not after the sum.</param>
    /// <param name="layerNormEps">Added to the variances.</param>
    /// <param name="bias">Whether linear layers and normalizations add learnt numbers.</param>
    /// <param name="batchFirst">Whether inputs are [n, length, model]; otherwise [length, n, model].</param>
    /// <param name="generator">Where initial values and the randomness of the dropouts come from.</param>
    public Transformer(
        int model = 512, int heads = 8, int encoderLayers = 6, int decoderLayers = 6, int feedforward = 2048, double dropout = 0.1,
        Func<Tensor, Tensor>? activation = null, bool normFirst = false, double layerNormEps = 1e-5, bool bias = true, bool batchFirst = true,
        Generator? generator = null)
    {
        Encoder = new(() => new(model, heads, feedforward, dropout, activation, normFirst, layerNormEps, bias, batchFirst, generator), encoderLayers,
            new LayerNorm([model], layerNormEps, bias: bias));
        Decoder = new(() => new(model, heads, feedforward, dropout, activation, normFirst, layerNormEps, bias, batchFirst, generator), decoderLayers,
            new LayerNorm([model], layerNormEps, bias: bias));
        foreach (var p in Parameters()) if (p.Rank > 1) Init.XavierUniform(p, generator: generator);
    }

    /// <summary>What reads the source.</summary>
    public TransformerEncoder Encoder { get; }

    /// <summary>What makes the target.</summary>
    public TransformerDecoder Decoder { get; }

    /// <summary>The target's positions, from the source and those before. Masks are in the sense of <see cref="MultiheadAttention"/>: true where a position may <b>not</b> look.</summary>
    /// <param name="source">[n, l, model].</param>
    /// <param name="target">[n, m, model].</param>
    /// <param name="sourceMask">Where positions of the source may not look.</param>
    /// <param name="targetMask">Where positions of the target may not look.</param>
    /// <param name="memoryMask">Where positions of the target may not look in the source.</param>
    /// <param name="sourceKeyPaddingMask">[n, l]: true where the source is padding.</param>
    /// <param name="targetKeyPaddingMask">[n, m]: true where the target is padding.</param>
    /// <param name="memoryKeyPaddingMask">[n, l]: true where the target may not look because the source is padding.</param>
    /// <param name="sourceCausal">Whether no position of the source may look at later ones.</param>
    /// <param name="targetCausal">Whether no position of the target may look at later ones.</param>
    public Tensor Forward(
        Tensor source, Tensor target, Tensor? sourceMask = null, Tensor? targetMask = null, Tensor? memoryMask = null, Tensor? sourceKeyPaddingMask = null,
        Tensor? targetKeyPaddingMask = null, Tensor? memoryKeyPaddingMask = null, bool sourceCausal = false, bool targetCausal = false)
    {
        var memory = Encoder.Forward(source, sourceMask, sourceCausal, sourceKeyPaddingMask);
        return Decoder.Forward(target, memory, targetMask, memoryMask, targetCausal, targetKeyPaddingMask, memoryKeyPaddingMask);
    }
}
