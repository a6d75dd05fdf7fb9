using Candeia.NN;

namespace Candeia.Cli;

/// <summary>The networks of the experiments, by the names that trials call them.</summary>
static class Networks
{
    public const string Tutorial = "tutorial", Linear = "linear", Wide = "wide", Features = "features", Deep = "deep",
        Dropout = "dropout", Norm = "batch-norm", Both = "both", Digits = "digits";

    /// <summary>A new one, for inputs of a shape without the batch's dimension.</summary>
    public static Layer Create(string name, Shape input, int outputs) => name switch
    {
        Tutorial => new CorrelationNet(),
        Linear => new LinearNet(checked((int)input.Numel), outputs),
        Wide => new VariedNet(width: 48),
        Features => new VariedNet(features: 512),
        Deep => new VariedNet(deep: true),
        Dropout => new VariedNet(dropout: 0.2),
        Norm => new VariedNet(norm: true),
        Both => new VariedNet(dropout: 0.2, norm: true),
        Digits => new DigitsNet(input[1], input[2], outputs),
        _ => throw new ArgumentException($"There is no network '{name}'.", nameof(name)),
    };
}
