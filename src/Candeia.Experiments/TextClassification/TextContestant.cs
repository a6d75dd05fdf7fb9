using Candeia.Text;

namespace Candeia.Experiments;

/// <summary>A network that takes part, and how fast it learns.</summary>
/// <param name="Name">How people call it.</param>
/// <param name="Network">Its kind.</param>
/// <param name="Faster">What the learning rate is multiplied with.</param>
/// <param name="Layers">How many layers stand one above the other.</param>
sealed record TextContestant(string Name, TextNetwork Network, double Faster = 1, int Layers = 1)
{
    /// <summary>The baseline, which knows words and no order.</summary>
    public static TextContestant Baseline { get; } = new("counts of words", TextNetwork.BagOfWords, Faster: 3);

    /// <summary>All of them, the baseline first.</summary>
    public static IReadOnlyList<TextContestant> All { get; } =
        [Baseline, new("embedding bag", TextNetwork.Bag), new("LSTM", TextNetwork.Lstm), new("transformer", TextNetwork.Transformer, Layers: 2)];

    public TextClassifierConfig Config(TextData data, TextSettings settings) => new(Network, data.Classes, settings.MaxLength, Features: 64, Layers: Layers);
}
