using Candeia.NN;

namespace Candeia.Text;

/// <summary>
/// A network that says which token comes next: GPT-2 (<see href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Radford et
/// al. 2019</see>), int64 tokens [n, length] → scores [n, length, vocabulary], of which those at position i are for the token after it. The names of its state are those of
/// GPT-2; the scores are computed with the matrix that the tokens come in by.
/// </summary>
/// <example><code>
/// var gpt = new Gpt(new(Vocabulary: 50, Context: 16, Layers: 2, Heads: 2, Width: 8));
/// Tensor tokens = Tensor.From([1L, 2, 3, 4, 5, 6], [2, 3]);
/// var scores = gpt.Forward(tokens[.., ..2]);
/// Console.WriteLine($"{scores.Shape}, loss {Gpt.Loss(scores, tokens[.., 1..]).Item():F1}");    // → [2, 2, 50], loss 3.9
/// </code></example>
public sealed partial class Gpt : Layer
{
    /// <summary>The spread of most initial values.</summary>
    internal const double Spread = 0.02;

    readonly Embedding wte;
    readonly LearnedPositions wpe;
    readonly Dropout drop;
    readonly GptBlock[] h;
    readonly LayerNorm lnF;

    /// <param name="config">Its sizes.</param>
    /// <param name="generator">Where initial values and the randomness of the dropouts come from.</param>
    /// <exception cref="ArgumentException">The heads do not divide the width.</exception>
    public Gpt(GptConfig config, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        foreach (int size in (ReadOnlySpan<int>)[config.Vocabulary, config.Context, config.Layers, config.Heads, config.Width])
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(config));
        if (config.Width % config.Heads != 0) throw new ArgumentException($"{config.Width} features cannot be divided among {config.Heads} heads.", nameof(config));
        Config = config;
        wte = Embedding.FromPretrained(Init.Normal(Tensor.Empty([config.Vocabulary, config.Width]), std: Spread, generator: generator), freeze: false);
        wpe = new(config.Context, config.Width, Spread, generator);
        drop = new(config.Dropout, generator);
        h = [.. Enumerable.Range(0, config.Layers).Select(_ => new GptBlock(config, generator))];
        lnF = new([config.Width], config.Epsilon);
    }

    /// <summary>Its sizes.</summary>
    public GptConfig Config { get; }

    /// <inheritdoc/>
    protected override string Details => $"{Config.Layers} layers, {Config.Heads} heads, {Config.Width} wide, {Config.Context} of {Config.Vocabulary} tokens";

    /// <summary>int64 [n, length] → [n, length, vocabulary].</summary>
    /// <exception cref="ShapeException">There are more tokens than it sees at once.</exception>
    public override Tensor Forward(Tensor x) => Scores(Read(x, null));

    /// <summary>The scores after the last of some tokens, which follow those in a cache: [n, length] → [n, vocabulary].</summary>
    /// <param name="tokens">The next tokens, int64 [n, length].</param>
    /// <param name="cache">What was seen before, made by <see cref="NewCache"/>; these tokens are added.</param>
    /// <exception cref="InvalidOperationException">They do not fit behind those in the cache.</exception>
    public Tensor Next(Tensor tokens, KeyValueCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        var x = Read(tokens, cache);
        return Scores(x.Narrow(1, x.Shape[1] - 1, 1)).Squeeze(1);
    }

    /// <summary>Room for the keys and values of as many tokens as it sees at once.</summary>
    public KeyValueCache NewCache() => new(Config.Layers, Config.Context);

    /// <summary>The cross entropy between scores and the tokens that came, in nats per token.</summary>
    /// <param name="scores">[n, length, vocabulary].</param>
    /// <param name="next">The tokens that came, int64 [n, length].</param>
    public static Tensor Loss(Tensor scores, Tensor next)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(next);
        if (scores.Rank != 3 || next.Shape != [scores.Shape[0], scores.Shape[1]]) throw new ShapeException($"Scores [n, length, vocabulary] and tokens [n, length] are compared, not {scores.Shape} and {next.Shape}.");
        return scores.Flatten(0, 1).CrossEntropyLoss(next.Flatten());
    }

    /// <summary>The spread of what is added to the way through all blocks: smaller, the more of them add.</summary>
    internal static double LastSpread(GptConfig config) => Spread / Math.Sqrt(2.0 * config.Layers);

    Tensor Read(Tensor tokens, KeyValueCache? cache)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        int before = cache?.Length ?? 0;
        if (tokens.Rank != 2 || tokens.Shape[1] == 0) throw new ShapeException($"A GPT reads tokens [n, length], at least one in each row, not {tokens.Shape}.");
        if (before + tokens.Shape[1] > Config.Context)
            throw new ShapeException($"This GPT sees {Config.Context} tokens at once, not {before + tokens.Shape[1]}; give it the last of them.");
        var x = wpe.Forward(tokens.Apply(wte), before).Apply(drop);
        for (int i = 0; i < h.Length; i++) x = cache is null ? x.Apply(h[i]) : h[i].Forward(x, cache, i);
        return x.Apply(lnF);
    }

    Tensor Scores(Tensor x) => x.Linear(wte.Weight);
}
