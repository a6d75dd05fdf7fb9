namespace Candeia.Experiments;

/// <summary>Everything that helped, put together.</summary>
static class BestExperiment
{
    const int Times = 10;

    public static Experiment Create() => new("best", "What if everything that helps were put together?",
        plan =>
        [
            plan.Tutorial,
            new("the best recipe", Of(plan, 1)),
            new("the best recipe, ten times the pictures", Of(plan, Times)),
        ],
        Conclude)
    {
        Note = "The recipe's steps take longer than the tutorial's, so it makes fewer epochs in about the time that the tutorial takes, or ten times that with ten times the pictures.",
    };

    static Trial Of(Plan plan, int times) => plan.Baseline with
    {
        Recipe = Recipe.Best, LearningRate = Recipe.Best.LearningRate,
        Train = (int)Math.Min(int.MaxValue, (long)times * plan.Settings.Train),
        Epochs = Math.Max(1, (int)Math.Round((double)Recipe.Best.Epochs * plan.Settings.Epochs / Recipe.Tutorial.Epochs)),
    };

    static string Conclude(Findings found) => found.Sentences() + string.Concat(found.Others.Select(r =>
        Words.Text($" {Words.Capital(r.Variant.Label)} takes {r.Outcome.Seconds / found.First.Outcome.Seconds:0.0} times the time of the tutorial.")));
}
