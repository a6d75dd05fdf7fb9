namespace Candeia.Text;

/// <summary>Chooses tokens by their scores. Any network that says what may come next can be asked with it, in a loop of one's own.</summary>
/// <param name="options">How; only what concerns a single token counts here.</param>
/// <example><code>
/// var sampler = new TokenSampler(new() { TopK = 2, Generator = new(seed: 1) });
/// float[] scores = [0, 5, 5.5f, -1];
/// Console.WriteLine(sampler.Next(scores) is 1 or 2);                      // → True
/// </code></example>
public sealed class TokenSampler(GenerationOptions options)
{
    readonly GenerationOptions _options = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>The next token.</summary>
    /// <param name="scores">A score (logit) for each token of the vocabulary.</param>
    /// <param name="before">The tokens so far, for the penalty on repetitions.</param>
    /// <exception cref="ArgumentException">There are no scores, or they are not numbers.</exception>
    public int Next(ReadOnlySpan<float> scores, IEnumerable<int>? before = null)
    {
        if (scores.IsEmpty) throw new ArgumentException("There are no scores to choose by.", nameof(scores));
        float[] own = scores.ToArray();
        if (own.Any(s => float.IsNaN(s) || float.IsPositiveInfinity(s)))
            throw new ArgumentException("The network answers with NaN or infinity instead of scores; train it again, with a smaller learning rate.", nameof(scores));
        if (_options.RepetitionPenalty != 1 && before is not null) Punish(own, before);
        if (_options.Temperature == 0 || own.Max() == float.NegativeInfinity) return Array.IndexOf(own, own.Max());
        int[] tokens = [.. Enumerable.Range(0, own.Length)];
        int count = own.Length;
        if (_options.TopK < count || _options.TopP < 1)
        {
            // from the best on, of equal ones the first
            Array.Sort(tokens, (a, b) => own[a] != own[b] ? own[b].CompareTo(own[a]) : a.CompareTo(b));
            count = Math.Min(count, _options.TopK ?? count);
        }
        double most = own.Max();
        double[] weights = [.. tokens.Take(count).Select(t => Math.Exp((own[t] - most) / _options.Temperature))];
        if (_options.TopP is { } wanted and < 1) count = Nucleus(weights, wanted);
        return tokens[Draw(weights.AsSpan(0, count))];
    }

    void Punish(float[] scores, IEnumerable<int> before)
    {
        float penalty = (float)_options.RepetitionPenalty;
        foreach (int token in before.Distinct())
            if (token >= 0 && token < scores.Length) scores[token] = scores[token] > 0 ? scores[token] / penalty : scores[token] * penalty;
    }

    /// <summary>How many of the weights, which fall, have together this part of their sum.</summary>
    static int Nucleus(double[] weights, double part)
    {
        double wanted = part * weights.Sum(), sum = 0;
        for (int i = 0; i < weights.Length; i++)
            if ((sum += weights[i]) >= wanted) return i + 1;
        return weights.Length;
    }

    int Draw(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights) sum += weight;
        double left = (_options.Generator ?? Generator.Default).NextDouble() * sum;
        for (int i = 0; i < weights.Length; i++)
            if ((left -= weights[i]) < 0) return i;
        return weights.LastIndexOfAnyExcept(0);                              // rounding has left a grain
    }
}
