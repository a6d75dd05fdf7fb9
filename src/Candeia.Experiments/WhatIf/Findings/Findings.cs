namespace Candeia.Experiments;

/// <summary>A training of an experiment, and what it has brought.</summary>
readonly record struct Result(Variant Variant, Outcome Outcome);

/// <summary>The results of an experiment.</summary>
/// <param name="Results">Each variant with its outcome; the first is what the others are compared with.</param>
/// <param name="Luck">How much the test error of one and the same training varies with the seed: the standard deviation of its logarithm.</param>
sealed record Findings(IReadOnlyList<Result> Results, double Luck)
{
    /// <summary>What was trained when those were known; the first is what the others of them are compared with.</summary>
    public IReadOnlyList<Result> Later { get; init; } = [];

    /// <summary>Everything that was trained.</summary>
    public IReadOnlyList<Result> All => [.. Results, .. Later];

    /// <summary>What the others are compared with.</summary>
    public Result First => Results[0];

    /// <summary>All but the first.</summary>
    public IEnumerable<Result> Others => Results.Skip(1);

    /// <summary>The one with the smallest test error among them; the first where all have lost their way.</summary>
    public Result Best => All.Skip(1).Where(r => !r.Outcome.Diverged).DefaultIfEmpty(First).MinBy(r => r.Outcome.Error);

    /// <summary>How a result differs from the first.</summary>
    public Comparison Compare(Outcome outcome) => Comparison.Of(First.Outcome, outcome, Luck);
}
