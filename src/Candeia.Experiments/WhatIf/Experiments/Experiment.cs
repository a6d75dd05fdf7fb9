namespace Candeia.Experiments;

/// <summary>A question, and the trainings that answer it.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Question">What if …?</param>
/// <param name="Variants">What is trained; the first is what the others are compared with.</param>
/// <param name="Conclude">The answer in a sentence or two, from the results.</param>
sealed record Experiment(string Name, string Question, Func<Plan, IReadOnlyList<Variant>> Variants, Func<Findings, string> Conclude)
{
    /// <summary>What is trained when the results of the variants are known.</summary>
    public Func<Plan, Findings, IReadOnlyList<Variant>>? Then { get; init; }

    /// <summary>Whether it is made on digits instead of scatterplots.</summary>
    public bool OfDigits { get; init; }

    /// <summary>Whether it needs a device beside the processor.</summary>
    public bool NeedsDevice { get; init; }

    /// <summary>What the reader should know of how it was done.</summary>
    public string Note { get; init; } = "";

    /// <summary>What is trained from several seeds: how far their results are apart is luck. Null where nothing is compared.</summary>
    public Func<Plan, Variant?> Repeated { get; init; } = plan => plan.Tutorial;

    /// <summary>The repetitions.</summary>
    public IReadOnlyList<Variant> Luck(Plan plan) => Repeated(plan) is { } variant ? Plan.Repeat(variant) : [];
}
