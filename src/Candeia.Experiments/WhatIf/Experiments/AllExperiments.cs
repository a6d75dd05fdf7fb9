namespace Candeia.Experiments;

/// <summary>All experiments, in the order in which they are told.</summary>
static class AllExperiments
{
    public static IReadOnlyList<Experiment> List { get; } =
    [
        LinearExperiment.Create(), DigitsExperiment.Create(), BinaryExperiment.Create(), OptimizersExperiment.Create(), SchedulesExperiment.Create(),
        BiggerExperiment.Create(), LongerExperiment.Create(), MoreDataExperiment.Create(), RegularizationExperiments.Dropout(),
        RegularizationExperiments.Norm(), RegularizationExperiments.Both(), SymmetryExperiment.Create(), PrecisionExperiment.Create(), BestExperiment.Create(), GpuExperiment.Create(),
    ];

    /// <summary>What the command line understands.</summary>
    public static string Names => $"{string.Join(", ", List.Select(e => e.Name))}, and all";

    /// <summary>Whether the command line understands a name.</summary>
    public static bool Has(string name) => name == "all" || List.Any(e => e.Name == name);

    /// <summary>Those with these names, each once; for <c>all</c> all, of which those that need a device beside the processor are for whoever has a graphics processor.</summary>
    public static IReadOnlyList<Experiment> Named(IReadOnlyList<string> names, bool hasGraphics) =>
        names.Contains("all") ? [.. List.Where(e => hasGraphics || !e.NeedsDevice || names.Contains(e.Name))] : [.. List.Where(e => names.Contains(e.Name))];
}
