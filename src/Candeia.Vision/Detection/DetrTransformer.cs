using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// What looks at all places of a picture at once, and then asks it questions: <see cref="TransformerEncoderLayer"/> and <see cref="TransformerDecoderLayer"/>, but for
/// positions, which are added to what asks and to what is asked, in each layer anew, and never to what is answered.
/// </summary>
internal sealed class DetrTransformer : Module
{
    readonly Encoder encoder;
    readonly Decoder decoder;

    public DetrTransformer(int model, int heads, int encoderLayers, int decoderLayers, int feedforward, double dropout)
    {
        (encoder, decoder) = (new(model, heads, encoderLayers, feedforward, dropout), new(model, heads, decoderLayers, feedforward, dropout));
        this.Draw(linear: l => Init.XavierUniform(l.Weight));
    }

    /// <summary>What each layer of the decoder says to the questions, [n, questions, model].</summary>
    /// <param name="seen">The picture, [n, places, model].</param>
    /// <param name="places">Where each place is, [n, places, model].</param>
    /// <param name="outside">True where nothing is of the picture, [n, places]; null if all is.</param>
    /// <param name="questions">[questions, model].</param>
    public List<Tensor> Of(Tensor seen, Tensor places, Tensor? outside, Tensor questions)
    {
        var memory = encoder.Of(seen, places, outside);
        return decoder.Of(memory, places, outside, questions.Unsqueeze(0).Expand([seen.Shape[0], questions.Shape[0], questions.Shape[1]]));
    }

    sealed class Encoder(int model, int heads, int count, int feedforward, double dropout) : Module
    {
        readonly EncoderLayer[] layers = [.. Enumerable.Range(0, count).Select(_ => new EncoderLayer(model, heads, feedforward, dropout))];

        public Tensor Of(Tensor x, Tensor places, Tensor? outside) => layers.Aggregate(x, (seen, layer) => layer.Of(seen, places, outside));
    }

    sealed class Decoder(int model, int heads, int count, int feedforward, double dropout) : Module
    {
        readonly DecoderLayer[] layers = [.. Enumerable.Range(0, count).Select(_ => new DecoderLayer(model, heads, feedforward, dropout))];
        readonly LayerNorm norm = new([model]);

        public List<Tensor> Of(Tensor memory, Tensor places, Tensor? outside, Tensor questions)
        {
            var x = Tensor.Zeros(questions.Shape, questions.DType, questions.Device);
            List<Tensor> said = [];
            foreach (var layer in layers) said.Add((x = layer.Of(x, memory, places, outside, questions)).Apply(norm));
            return said;
        }
    }

    sealed class EncoderLayer(int model, int heads, int feedforward, double dropout) : Module
    {
        readonly MultiheadAttention selfAttn = new(model, heads, dropout);
        readonly Linear linear1 = new(model, feedforward), linear2 = new(feedforward, model);
        readonly LayerNorm norm1 = new([model]), norm2 = new([model]);
        readonly Dropout dropout = new(dropout), dropout1 = new(dropout), dropout2 = new(dropout);

        public Tensor Of(Tensor x, Tensor places, Tensor? outside)
        {
            var asks = x + places;
            x = (x + selfAttn.Forward(asks, asks, x, keyPaddingMask: outside).Apply(dropout1)).Apply(norm1);
            return (x + x.Apply(linear1).Relu().Apply(dropout).Apply(linear2).Apply(dropout2)).Apply(norm2);
        }
    }

    sealed class DecoderLayer(int model, int heads, int feedforward, double dropout) : Module
    {
        readonly MultiheadAttention selfAttn = new(model, heads, dropout), multiheadAttn = new(model, heads, dropout);
        readonly Linear linear1 = new(model, feedforward), linear2 = new(feedforward, model);
        readonly LayerNorm norm1 = new([model]), norm2 = new([model]), norm3 = new([model]);
        readonly Dropout dropout = new(dropout), dropout1 = new(dropout), dropout2 = new(dropout), dropout3 = new(dropout);

        public Tensor Of(Tensor x, Tensor memory, Tensor places, Tensor? outside, Tensor questions)
        {
            var asks = x + questions;
            x = (x + selfAttn.Forward(asks, asks, x).Apply(dropout1)).Apply(norm1);
            x = (x + multiheadAttn.Forward(x + questions, memory + places, memory, keyPaddingMask: outside).Apply(dropout2)).Apply(norm2);
            return (x + x.Apply(linear1).Relu().Apply(dropout).Apply(linear2).Apply(dropout3)).Apply(norm3);
        }
    }
}
