using Candeia.NN;

namespace Candeia.Text;

/// <summary>Lets a network that says which token comes next go on by itself.</summary>
public static class TokenGeneration
{
    /// <summary>The tokens with which a model goes on, one by one as they are made. The model is asked in evaluation mode, whatever its own is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">
    /// The tokens before them, one at least. Of more than the model sees at once it gets the last. When the text outgrows that, the model goes on from the last half of it,
    /// which it reads once more: its positions are learnt, so they cannot move along.
    /// </param>
    /// <param name="options">How they are chosen.</param>
    /// <exception cref="ArgumentException">The prompt is empty, or names tokens that the model does not know.</exception>
    /// <example><code>
    /// var gpt = new Gpt(new(Vocabulary: 20, Context: 8, Layers: 1, Heads: 2, Width: 8));
    /// int[] made = [.. gpt.Generate([3, 1, 4], new() { Temperature = 0.8, TopK = 5, MaxTokens = 30 })];
    /// Console.WriteLine(made.Length);                                     // → 30
    /// </code></example>
    public static IEnumerable<int> Generate(this Gpt model, IReadOnlyList<int> prompt, GenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompt);
        if (prompt.Count == 0) throw new ArgumentException("There is nothing to go on from: a prompt has at least one token.", nameof(prompt));
        foreach (int token in prompt)
            if (token < 0 || token >= model.Config.Vocabulary)
                throw new ArgumentException($"The prompt has a token {token}, but the model knows {model.Config.Vocabulary}, from 0 on; was it made with another tokenizer?", nameof(prompt));
        options ??= new();
        return Made(new(model, prompt, options.UseCache), new(options), options);
    }

    static IEnumerable<int> Made(Window window, TokenSampler sampler, GenerationOptions options)
    {
        for (int i = 0; i < options.MaxTokens; i++)
        {
            int token = sampler.Next(window.Scores(), window.Tokens);
            if (options.StopTokens.Contains(token)) yield break;
            window.Tokens.Add(token);
            yield return token;
        }
    }

    /// <summary>The tokens that a model sees, and what it has computed of them.</summary>
    sealed class Window(Gpt model, IReadOnlyList<int> prompt, bool useCache)
    {
        readonly KeyValueCache _cache = model.NewCache();

        public List<int> Tokens { get; } = [.. prompt.Skip(prompt.Count - model.Config.Context)];

        /// <summary>The scores for what follows.</summary>
        public float[] Scores()
        {
            int most = model.Config.Context;
            if (Tokens.Count > most)
            {
                Tokens.RemoveRange(0, Tokens.Count - Math.Max(1, most / 2));
                _cache.Clear();
            }
            if (!useCache) _cache.Clear();
            using var mode = Mode.Evaluation();
            using var noGrad = Autograd.NoGrad();
            using var scope = Scope.Begin();
            long[] unread = [.. Tokens.Skip(_cache.Length).Select(t => (long)t)];
            return model.Next(Tensor.From(unread, [1, unread.Length], device: model.Parameters()[0].Device), _cache).ToArray<float>();
        }
    }
}
