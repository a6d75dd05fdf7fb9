using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>A class instead of a number.</summary>
static class BinaryExperiment
{
    public static Experiment Create() => new("binary", "What if the network only had to say whether the correlation is strong?",
        plan =>
        [
            new("strong or weak", plan.Baseline with { Problem = Problem.Binary }),
        ],
        Conclude)
    {
        Note = "The target is round(|correlation|), so 1 means stronger than ±½.",
        Repeated = _ => null,
    };

    static string Conclude(Findings found)
    {
        var outcome = found.First.Outcome;
        if (outcome.Diverged) return "The training has lost its way.";
        double ones = outcome.Truth.Average();
        string area = ones is > 0 and < 1
            ? Words.Text($" The area below the ROC curve is {RocCurve.Of(Tensor.From(outcome.Predicted), Tensor.From(outcome.Truth)).Area:0.0000}.") : "";
        return Words.Text($"{100 * outcome.Accuracy:0.0} % of the answers are right; always giving the more frequent answer would make {100 * Math.Max(ones, 1 - ones):0.0} %.") + area;
    }
}
