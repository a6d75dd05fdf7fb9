using Candeia.NN;

namespace Candeia.Compare;

/// <summary>Two encoder layers over 64 words, and a class from their mean.</summary>
sealed class Transformer : Layer
{
    public const int Words = 1000, Length = 64, Width = 128, Classes = 10;

    readonly Embedding embed = new(Words, Width);
    readonly Tensor position = Parameter.Of(0.02 * Tensor.Randn([Length, Width]));
    readonly Sequential layers = [new TransformerEncoderLayer(Width, 4, 512, dropout: 0), new TransformerEncoderLayer(Width, 4, 512, dropout: 0)];
    readonly Linear head = new(Width, Classes);

    public override Tensor Forward(Tensor x) => (x.Apply(embed) + position)     // [n, length, width]
        .Apply(layers)
        .Mean([1])
        .Apply(head);
}
