namespace Candeia.Text;

/// <summary>How the next token is chosen, again and again.</summary>
/// <example><code>
/// var careful = new GenerationOptions { Temperature = 0.7, TopP = 0.9, MaxTokens = 100 };
/// var greedy = careful with { Temperature = 0 };
/// Console.WriteLine(greedy.MaxTokens);                                    // → 100
/// </code></example>
public sealed record GenerationOptions
{
    /// <summary>What scores are divided by: below 1 likely tokens become likelier, above 1 all become more alike. At 0 the likeliest is always taken.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or no number.</exception>
    public double Temperature
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw Wrong(nameof(Temperature), "a number of at least 0", value);
    } = 1;

    /// <summary>Only so many of the likeliest tokens are drawn from; null draws from all (<see href="https://arxiv.org/abs/1805.04833">Fan et al. 2018</see>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? TopK
    {
        get;
        init => field = value is null or >= 1 ? value : throw Wrong(nameof(TopK), "a whole number of at least 1, or null for all", value.Value);
    }

    /// <summary>
    /// Only the likeliest tokens are drawn from that together have at least this probability, one at least; null draws from all (<see
    /// href="https://arxiv.org/abs/1904.09751">Holtzman et al. 2020</see>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or above 1.</exception>
    public double? TopP
    {
        get;
        init => field = value is null or (> 0 and <= 1) ? value : throw Wrong(nameof(TopP), "a probability above 0 and at most 1, or null for all", value.Value);
    }

    /// <summary>
    /// What the scores of tokens that have occurred are divided by where they are positive, and multiplied by where they are not; above 1 there are fewer repetitions, 1 changes nothing
    /// (<see href="https://arxiv.org/abs/1909.05858">Keskar et al. 2019</see>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public double RepetitionPenalty
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw Wrong(nameof(RepetitionPenalty), "a number above 0", value);
    } = 1;

    /// <summary>How many tokens are made at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int MaxTokens
    {
        get;
        init => field = value >= 0 ? value : throw Wrong(nameof(MaxTokens), "a whole number of at least 0", value);
    } = 256;

    /// <summary>Tokens that end the text; they are not given out.</summary>
    public IReadOnlyCollection<int> StopTokens { get; init; } = [];

    /// <summary>Where the randomness comes from; the global generator, if none is given.</summary>
    public Generator? Generator { get; init; }

    /// <summary>Whether keys and values are kept, so that nothing is computed twice. It changes the time, and results by rounding at most.</summary>
    public bool UseCache { get; init; } = true;

    static ArgumentOutOfRangeException Wrong(string name, string expected, double value) => new(name, FormattableString.Invariant($"{name} must be {expected}, not {value}."));
}
