namespace Candeia.Cli;

/// <summary>All experiments, in the order in which they are told.</summary>
static class AllExperiments
{
    public static IReadOnlyList<Experiment> List { get; } =
    [
        LinearExperiment.Create(), DigitsExperiment.Create(), BinaryExperiment.Create(), OptimizersExperiment.Create(), SchedulesExperiment.Create(),
        BiggerExperiment.Create(), LongerExperiment.Create(), MoreDataExperiment.Create(), RegularizationExperiments.Dropout(),
        RegularizationExperiments.Norm(), RegularizationExperiments.Both(), SymmetryExperiment.Create(), PrecisionExperiment.Create(), BestExperiment.Create(),
    ];

    /// <summary>Those with these names, each once; all for <c>all</c>.</summary>
    /// <exception cref="UserException">There is no such experiment.</exception>
    public static IReadOnlyList<Experiment> Named(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (name != "all" && List.All(e => e.Name != name))
                throw new UserException($"There is no experiment '{name}'; there are {string.Join(", ", List.Select(e => e.Name))}, and all.");
        }
        return names.Contains("all") ? List : [.. List.Where(e => names.Contains(e.Name))];
    }
}
