namespace Candeia.Cli;

/// <summary>Larger networks.</summary>
static class BiggerExperiment
{
    public static Experiment Create() => new("bigger", "What if the network were bigger?",
        plan =>
        [
            plan.Tutorial,
            new("half as wide again", "Conv2d 1→48→96→192", plan.Baseline with { Network = Networks.Wide }),
            new("four times the features", "fc1 = new Linear(14 * 14 * 128, 512)", plan.Baseline with { Network = Networks.Features }),
            new("a fourth convolution", "conv4 = new Conv2d(128, 128, kernelSize: 3), then ReLU and pooling", plan.Baseline with { Network = Networks.Deep }),
        ],
        found => found.Sentences() + " " + Gap.Sentence(found.Results));
}
