using System.Security.Cryptography;
using Candeia.NN;

namespace Candeia.Text;

/// <summary>A network that says which token comes next, together with the tokenizer that it was trained with: what goes on with a text.</summary>
/// <example><code>
/// var tokenizer = CharacterTokenizer.Build(["a little text"]);
/// var model = new LanguageModel(new(new(tokenizer.VocabularySize, Context: 16, Layers: 1, Heads: 2, Width: 8)), tokenizer);
/// int pieces = 0;
/// foreach (string piece in model.Generate("a li", new() { Temperature = 0.8, TopK = 5, MaxTokens = 20 })) pieces++;
/// Console.WriteLine(pieces);                                              // → 20
/// </code></example>
public sealed class LanguageModel
{
    const string TokenizerFile = "tokenizer.json", TokenizerKey = "tokenizer_sha256";

    /// <param name="network">The network.</param>
    /// <param name="tokenizer">The tokenizer, of as many pieces as the network knows.</param>
    /// <exception cref="ArgumentException">The network knows fewer tokens, or more.</exception>
    public LanguageModel(Gpt network, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (network.Config.Vocabulary != tokenizer.VocabularySize)
            throw new ArgumentException($"The network knows {network.Config.Vocabulary} tokens and the tokenizer {tokenizer.VocabularySize}: take the tokenizer that it was trained with.", nameof(tokenizer));
        (Network, Tokenizer) = (network, tokenizer);
    }

    /// <summary>The network.</summary>
    public Gpt Network { get; }

    /// <summary>The tokenizer.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>The text with which the model goes on, piece by piece as it is made.</summary>
    /// <param name="prompt">The text before it.</param>
    /// <param name="options">How tokens are chosen, and how many.</param>
    /// <exception cref="ArgumentException">The prompt is empty, or has pieces that the tokenizer does not know.</exception>
    public IEnumerable<string> Generate(string prompt, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        int[] tokens = Tokenizer.Encode(prompt);
        if (tokens.Length == 0) throw new ArgumentException("There is nothing to go on from: the prompt is empty.", nameof(prompt));
        return Pieces(tokens, Network.Generate(tokens, options));
    }

    /// <summary>How many bits the model needs for a character of a text: the smaller, the better it foresees what comes. The first token of each piece of text that it sees at once is given.</summary>
    /// <param name="text">A text that it was not trained on; the tokens after the last whole piece do not count.</param>
    /// <param name="batchSize">How many pieces are computed at once.</param>
    /// <param name="cancellation">Ends with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The text is not longer than what the model sees at once, or has pieces that the tokenizer does not know.</exception>
    public double BitsPerCharacter(string text, int batchSize = 16, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        int[] tokens = Tokenizer.Encode(text);
        var windows = new TokenWindows(tokens, Network.Config.Context);
        using var mode = Mode.Evaluation();
        using var noGrad = Autograd.NoGrad();
        double nats = 0;
        for (int i = 0; i < windows.Count; i += batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = Scope.Begin();
            var items = Enumerable.Range(i, Math.Min(batchSize, windows.Count - i)).Select(k => windows[k]).ToArray();
            var scores = Network.Forward(Tensor.Stack([.. items.Select(s => s.X)]));
            nats += Gpt.Loss(scores, Tensor.Stack([.. items.Select(s => s.Y)])).Item() * items.Length * Network.Config.Context;
        }
        int characters = Tokenizer.Decode(tokens[1..(1 + windows.Count * Network.Config.Context)]).Length;
        return nats / Math.Log(2) / characters;
    }

    /// <summary>Writes network and tokenizer into a folder, all files or none: <c>config.json</c>, <c>model.safetensors</c> and <c>tokenizer.json</c>.</summary>
    /// <exception cref="NotSupportedException">The tokenizer comes from files of its own; keep those, and save the network by <see cref="Gpt.SavePretrained"/>.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        using var all = FilesTogether.Begin();
        Tokenizer.Save(Path.Combine(folder, TokenizerFile));
        Network.SavePretrained(folder, new Dictionary<string, string> { [TokenizerKey] = Hash(all.Now(Path.Combine(folder, TokenizerFile))) });
        all.Complete();
    }

    /// <summary>Reads what <see cref="Save"/> has written.</summary>
    /// <exception cref="TokenizerException">The tokenizer is missing or damaged, or not that of the network.</exception>
    /// <exception cref="TensorFileException">A file of the network is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LanguageModel Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string file = Path.Combine(folder, TokenizerFile);
        var network = Gpt.FromPretrained(folder);
        var tokenizer = Tokenizers.Load(file);
        string? known;
        using (var weights = TensorFile.Open(folder)) known = weights.Metadata.GetValueOrDefault(TokenizerKey);
        if (tokenizer.VocabularySize != network.Config.Vocabulary || known is not null && known != Hash(file))
            throw new TokenizerException($"'{file}' is not the tokenizer that the network beside it was trained with, so its answers would mean nothing; put the right one there.");
        return new(network, tokenizer);
    }

    /// <summary>
    /// The texts of tokens. What a token says may depend on the one before it, as blanks between words do, and a character may need several: so each text is what the last few tokens say
    /// together, less what they said before.
    /// </summary>
    IEnumerable<string> Pieces(int[] prompt, IEnumerable<int> made)
    {
        const char incomplete = '\uFFFD';
        List<int> tokens = [.. prompt.TakeLast(8)];
        int from = 0, said = tokens.Count;
        foreach (int token in made)
        {
            tokens.Add(token);
            string before = Tokenizer.Decode(tokens[from..said]), now = Tokenizer.Decode(tokens[from..]);
            if (now.Length <= before.Length || now[^1] == incomplete) continue;
            (from, said) = (said, tokens.Count);
            yield return now[before.Length..];
        }
        if (said < tokens.Count && Tokenizer.Decode(tokens[from..]) is var rest && Tokenizer.Decode(tokens[from..said]) is var shown && rest.Length > shown.Length) yield return rest[shown.Length..];
    }

    static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(OrdinaryFile.ReadAllBytes(file, 1 << 28)));
}
