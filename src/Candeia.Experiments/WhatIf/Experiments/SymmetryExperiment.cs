namespace Candeia.Experiments;

/// <summary>Augmentation by the symmetries of the square.</summary>
static class SymmetryExperiment
{
    public static Experiment Create() => new("symmetry", "What if each picture were shown in its eight symmetric forms?",
        plan =>
        [
            plan.Tutorial,
            new("symmetries", plan.Baseline with { Symmetries = true }),
        ],
        found => found.Sentences() + " " + Words.Gaps(found.Results))
    {
        Note = "A mirror flips the sign of the correlation; exchanging x and y keeps it.",
    };
}
