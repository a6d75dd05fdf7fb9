namespace Candeia.Experiments;

/// <summary>Six optimizers, each with some learning rates.</summary>
static class OptimizersExperiment
{
    const double Share = 0.25;

    public static Experiment Create() => new("optimizers", "What if another optimizer did the learning?",
        plan => [.. from o in Optimizers.Tried from rate in o.Rates
                    select new Variant(Words.Text($"{o.Name} {rate}"), plan.Baseline.Share(Share) with { Optimizer = o.Optimizer, LearningRate = rate })],
        Conclude)
    {
        Note = "The search is made on a quarter of the training images; the best that is not the tutorial's Adam then learns from all of them.",
        Then = Full,
    };

    static IReadOnlyList<Variant> Full(Plan plan, Findings searched)
    {
        var tutorial = plan.Baseline;
        Variant? best = searched.Results.Where(r => !r.Outcome.Diverged)
            .Where(r => (r.Variant.Trial.Optimizer, r.Variant.Trial.LearningRate) != (tutorial.Optimizer, tutorial.LearningRate))
            .OrderBy(r => r.Outcome.Watched).FirstOrDefault().Variant;
        return best is null ? [] :
        [
            plan.Tutorial with { Label = "the tutorial, all images" },
            new($"{best.Label}, all images", tutorial with { Optimizer = best.Trial.Optimizer, LearningRate = best.Trial.LearningRate }),
        ];
    }

    static string Conclude(Findings found)
    {
        var ranked = found.Results.Where(r => !r.Outcome.Diverged).GroupBy(r => r.Variant.Trial.Optimizer)
            .Select(g => g.MinBy(r => r.Outcome.Watched)).OrderBy(r => r.Outcome.Error);
        string order = string.Join(", ", ranked.Select(r => $"{r.Variant.Label} ({Words.Mse(r.Outcome.Error)})"));
        return $"On a quarter of the images, each with the learning rate of the smallest validation loss: {order}. "
            + (found.Later.Count > 0 ? "On all of them: " + new Findings(found.Later, found.Luck).Sentences() : "");
    }
}
