using Candeia.NN;

namespace Candeia.Text;

/// <summary>What makes a network for texts, but for its weights.</summary>
/// <param name="Network">Its kind.</param>
/// <param name="Classes">The names of the classes, in the order of their numbers.</param>
/// <param name="MaxLength">How many pieces of a text it reads at most.</param>
/// <param name="Features">How many numbers describe a word; also the size of an LSTM's states.</param>
/// <param name="Layers">How many layers of an LSTM or transformer stand one above the other.</param>
/// <param name="Heads">How many heads the attention of a transformer has; they divide the features evenly.</param>
/// <param name="Dropout">How likely a number becomes zero in training.</param>
public sealed record TextClassifierConfig(
    TextNetwork Network, IReadOnlyList<string> Classes, int MaxLength = 256, int Features = 64, int Layers = 1, int Heads = 4, double Dropout = 0.2)
{
    /// <summary>A network with initial values: int64 [n, length] → [n, classes].</summary>
    internal Layer Make(int vocabulary, int padding) => Network switch
    {
        TextNetwork.BagOfWords => new BagOfWords(vocabulary, Classes.Count, padding),
        TextNetwork.Bag => new BagClassifier(vocabulary, Classes.Count, Features, Dropout, padding),
        TextNetwork.Lstm => new LstmClassifier(vocabulary, Classes.Count, Features, Features, Layers, Dropout, padding),
        _ => new TransformerClassifier(vocabulary, Classes.Count, MaxLength, Features, Heads, Layers, Dropout, padding),
    };

    /// <summary>What cannot be, in words; null, where all can.</summary>
    internal string? Fault =>
        !Enum.IsDefined(Network) ? "its network is of no known kind"
        : Classes.Count < 2 || Classes.Any(c => c is null) ? "it has fewer than two classes"
        : MaxLength < 1 || Features < 1 || Layers < 1 || Heads < 1 ? "a size in it is below 1"
        : Dropout is not (>= 0 and <= 1) ? "its dropout is no probability"
        : Network == TextNetwork.Transformer && Features % Heads != 0 ? "its heads do not divide its features"
        : null;

    /// <summary>How many numbers such a network has learnt at least: so that none is made that no file can fill.</summary>
    internal double LeastParameters(int vocabulary) => Network switch
    {
        TextNetwork.BagOfWords => (double)vocabulary * Classes.Count,
        TextNetwork.Bag => (double)vocabulary * Features,
        TextNetwork.Lstm => (double)vocabulary * Features + 16.0 * Layers * Features * Features,
        _ => ((double)vocabulary + MaxLength) * Features + 12.0 * Layers * Features * Features,
    };
}
