using Candeia.NN;

namespace Candeia.Compare;

/// <summary>A small GPT: six layers that look back, and the next letter at each place.</summary>
class Gpt : Layer
{
    public const int Letters = 65, Length = 256, Width = 192;

    readonly Embedding embed = new(Letters, Width);
    readonly Tensor position = Parameter.Of(0.02 * Tensor.Randn([Length, Width]));
    readonly TransformerEncoder encoder = Encoders.Of(Width, 6, 6);
    readonly Linear head = new(Width, Letters);

    public override Tensor Forward(Tensor x) => encoder.Forward(x.Apply(embed) + position, null, causal: true)       // [n, length, width]
        .Apply(head);

    /// <summary>One letter after the other, with the keys and values of those before.</summary>
    protected Tensor OneByOne(Tensor x)
    {
        var cache = new KeyValueCache(6, Length);
        return Tensor.Cat([.. Enumerable.Range(0, Length).Select(i => encoder.Forward(x[.., i..(i + 1)].Apply(embed) + position[i], cache).Apply(head))], 1);
    }
}

/// <summary>The same GPT as it writes: it learns from a text as a whole, and predicts letter by letter.</summary>
sealed class Writer : Gpt
{
    public override Tensor Forward(Tensor x) => IsTraining ? base.Forward(x) : OneByOne(x);
}

/// <summary>ViT-S/16 for pictures of 224×224.</summary>
sealed class Vit : Layer
{
    const int Width = 384;

    readonly Conv2d patches = new(3, Width, 16, 16);
    readonly Tensor token = Parameter.Of(0.02 * Tensor.Randn([1, 1, Width])), position = Parameter.Of(0.02 * Tensor.Randn([197, Width]));
    readonly TransformerEncoder encoder = Encoders.Of(Width, 6, 12);
    readonly Linear head = new(Width, 1000);

    public override Tensor Forward(Tensor x)
    {
        x = x.Apply(patches).Flatten(startDim: 2).Transpose(1, 2);                                                  // [n, 196, width]
        x = Tensor.Cat([token.Expand(x.Shape[0], 1, Width), x], 1) + position;
        return x.Apply(encoder)[.., 0]
            .Apply(head);
    }
}

/// <summary>Attention alone, to what is before: 8 heads of 64 numbers over 1024 words.</summary>
sealed class AttentionAlone : Layer
{
    readonly Tensor q = Of(), k = Of(), v = Of();

    public override Tensor Forward(Tensor x) => (q + x).ScaledDotProductAttention(k, v, causal: true);

    static Tensor Of() => Parameter.Of(Tensor.Randn([1, 8, 1024, 64]));
}

static class Encoders
{
    /// <summary>Layers that normalize first, with GELU and four times the width between their linear layers.</summary>
    public static TransformerEncoder Of(int width, int heads, int layers) =>
        new(() => new TransformerEncoderLayer(width, heads, 4 * width, dropout: 0, activation: x => x.Gelu(), normFirst: true), layers, new LayerNorm([width]));
}
