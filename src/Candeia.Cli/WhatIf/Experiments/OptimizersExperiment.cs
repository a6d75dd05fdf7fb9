namespace Candeia.Cli;

/// <summary>Six optimizers, each with some learning rates.</summary>
static class OptimizersExperiment
{
    const double Share = 0.25;

    public static Experiment Create() => new("optimizers", "What if another optimizer did the learning?",
        plan => [.. from o in Optimizers.Tried from rate in o.Rates select Of(plan.Baseline.Share(Share), o.Name, rate)],
        Conclude)
    {
        Note = "The search is made on a quarter of the training images; the best that is not the tutorial's Adam then learns from all of them.",
        Then = (plan, found) =>
        {
            var best = found.Results.Where(r => !r.Outcome.Diverged && !IsTutorial(r.Variant.Trial, plan)).OrderBy(r => r.Outcome.Watched).FirstOrDefault();
            return best.Variant is null ? [] : [plan.Tutorial with { Label = "the tutorial, all images" },
                Of(plan.Baseline, best.Variant.Trial.Optimizer, best.Variant.Trial.LearningRate) with { Label = $"{best.Variant.Label}, all images" }];
        },
    };

    static bool IsTutorial(Trial trial, Plan plan) => trial.Optimizer == "Adam" && trial.LearningRate == plan.Baseline.LearningRate;

    static Variant Of(Trial trial, string optimizer, double rate) => new(
        Findings.Text($"{optimizer} {rate}"), $"optimizer: {Optimizers.Code(optimizer, rate)}", trial with { Optimizer = optimizer, LearningRate = rate });

    static string Conclude(Findings found)
    {
        var searched = found.Results.Where(r => !r.Variant.Label.EndsWith(", all images", StringComparison.Ordinal)).ToArray();
        var ranked = searched.Where(r => !r.Outcome.Diverged).GroupBy(r => r.Variant.Trial.Optimizer).Select(g => g.MinBy(r => r.Outcome.Watched)).OrderBy(r => r.Outcome.Error).ToArray();
        string order = string.Join(", ", ranked.Select(r => $"{r.Variant.Label} ({Findings.Mse(r.Outcome.Error)})"));
        var full = found.Results.Except(searched).ToArray();
        return $"On a quarter of the images, each with the learning rate of the smallest validation loss: {order}. "
            + (full.Length == 2 ? "On all of them: " + new Findings(full, found.Luck).Sentences() : "");
    }
}
