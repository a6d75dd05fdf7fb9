using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>A new network, for inputs of a shape without the batch's dimension.</summary>
delegate Layer NewNetwork(Shape input, int outputs);

/// <summary>The networks of the experiments.</summary>
static class Networks
{
    public static Code<NewNetwork> Tutorial { get; } = Code.Of<NewNetwork>((_, _) => new CorrelationNet());

    public static Code<NewNetwork> Linear { get; } = Code.Of<NewNetwork>((input, outputs) => new LinearNet(input, outputs));

    public static Code<NewNetwork> Wide { get; } = Code.Of<NewNetwork>((_, _) => new VariedNet(width: 48));

    public static Code<NewNetwork> Features { get; } = Code.Of<NewNetwork>((_, _) => new VariedNet(features: 512));

    public static Code<NewNetwork> Deep { get; } = Code.Of<NewNetwork>((_, _) => new VariedNet(deep: true));

    public static Code<NewNetwork> Dropout { get; } = Code.Of<NewNetwork>((_, _) => new VariedNet(dropout: 0.2));

    public static Code<NewNetwork> Norm { get; } = Code.Of<NewNetwork>((_, _) => new VariedNet(norm: true));

    public static Code<NewNetwork> Both { get; } = Code.Of<NewNetwork>((_, _) => new VariedNet(dropout: 0.2, norm: true));

    public static Code<NewNetwork> Digits { get; } = Code.Of<NewNetwork>((input, outputs) => new DigitsNet(input, outputs));
}
