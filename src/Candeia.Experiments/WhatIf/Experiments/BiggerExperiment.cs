namespace Candeia.Experiments;

/// <summary>Larger networks.</summary>
static class BiggerExperiment
{
    public static Experiment Create() => new("bigger", "What if the network were bigger?",
        plan =>
        [
            plan.Tutorial,
            new("half as wide again", plan.Baseline with { Network = Networks.Wide }),
            new("four times the features", plan.Baseline with { Network = Networks.Features }),
            new("a fourth convolution", plan.Baseline with { Network = Networks.Deep }),
        ],
        found => found.Sentences() + " " + Words.Gaps(found.Results));
}
