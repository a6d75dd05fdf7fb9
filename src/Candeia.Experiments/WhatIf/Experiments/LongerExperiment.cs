namespace Candeia.Experiments;

/// <summary>More epochs.</summary>
static class LongerExperiment
{
    const int Times = 3;

    public static Experiment Create() => new("longer", "What if it learnt longer?",
        plan => [plan.Tutorial, new("three times as long", plan.Baseline with { Epochs = Times * plan.Settings.Epochs })],
        found => found.Sentences() + " " + Words.Gaps(found.Results));
}
