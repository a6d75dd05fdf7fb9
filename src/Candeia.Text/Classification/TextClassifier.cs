using Candeia.NN;

namespace Candeia.Text;

/// <summary>A network that tells texts apart, with the tokenizer that it was trained with and the names of the classes: all that is needed to ask it about a text.</summary>
/// <remarks>To train it, take its <see cref="Network"/> and give it a <see cref="TextDataset"/> with its <see cref="Encoding"/>.</remarks>
/// <example><code>
/// var words = WordTokenizer.Build(["good", "bad"]);
/// var classifier = new TextClassifier(new(TextNetwork.BagOfWords, ["no", "yes"]), words);
/// Console.WriteLine(classifier.Classify("good").Probability);             // → 0.5
/// </code></example>
public sealed partial class TextClassifier
{
    /// <summary>A network with initial values.</summary>
    /// <param name="config">What kind, and how large.</param>
    /// <param name="tokenizer">Cuts texts into pieces; with a token for padding.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes, or sizes that cannot be.</exception>
    public TextClassifier(TextClassifierConfig config, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (config.Fault is { } fault) throw new ArgumentException($"No classifier can be made of this: {fault}.", nameof(config));
        (Config, Encoding) = (config, new(tokenizer, config.MaxLength));
        Network = config.Make(tokenizer.VocabularySize, Encoding.Padding);
    }

    /// <summary>What kind of network this is.</summary>
    public TextClassifierConfig Config { get; }

    /// <summary>How texts become numbers.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>What learns: int64 [n, length] → [n, classes].</summary>
    public Layer Network { get; }

    /// <summary>What a text is taken for. An empty text, too, is taken for something.</summary>
    public TextClass Classify(string text) => Classify([text])[0];

    /// <summary>What several texts are taken for.</summary>
    public IReadOnlyList<TextClass> Classify(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. Probabilities(texts).Select(p => Array.IndexOf(p, p.Max()) is var best ? new TextClass(best, Config.Classes[best], p[best]) : default)];
    }

    /// <summary>How likely the network thinks each class, for each text.</summary>
    /// <exception cref="InvalidOperationException">It answers with NaN or infinity.</exception>
    public IReadOnlyList<double[]> Probabilities(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.Chunk(64).SelectMany(part => Answers(part.Select(Encoding.Encode)))];
    }

    /// <summary>
    /// How much each piece of a text speaks for a class: by how much the probability falls where the piece is taken for one that is not known, or is left out.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="label">The class.</param>
    public IReadOnlyList<(Token Token, double Weight)> Explain(string text, int label)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Config.Classes.Count);
        var tokens = Encoding.Tokenizer.Tokenize(text).Take(Config.MaxLength).ToArray();
        if (tokens.Length == 0) return [];
        int[] whole = [.. tokens.Select(t => t.Id)];
        int[] Without(int i) => Encoding.Tokenizer.Special.Unknown is { } unknown ? [.. whole[..i], unknown, .. whole[(i + 1)..]] : [.. whole[..i], .. whole[(i + 1)..]];
        var answers = Enumerable.Range(0, whole.Length).Select(Without).Prepend(whole).Chunk(64).SelectMany(Answers).Select(p => p[label]).ToArray();
        return [.. tokens.Select((t, i) => (t, answers[0] - answers[i + 1]))];
    }

    double[][] Answers(IEnumerable<int[]> texts)
    {
        using var scope = Scope.Begin();
        using var grad = Autograd.NoGrad();
        using var mode = Mode.Evaluation();
        var device = Network.Parameters()[0].Device;
        float[] all = Network.Forward(Encoding.Batch([.. texts]).Tokens.To(device)).Softmax(1).To(DType.Float32).ToArray<float>();
        return all.All(float.IsFinite) ? [.. all.Chunk(Config.Classes.Count).Select(p => Array.ConvertAll(p, v => (double)v))]
            : throw new InvalidOperationException("The network answers with NaN or infinity; train it again, with a smaller learning rate.");
    }
}
