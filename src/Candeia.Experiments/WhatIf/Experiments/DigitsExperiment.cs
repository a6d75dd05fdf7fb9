namespace Candeia.Experiments;

/// <summary>The linear model and a convolutional one on digits.</summary>
static class DigitsExperiment
{
    public static Experiment Create() => new("digits", "What if the pictures were digits, and the answer one of ten classes?",
        plan =>
        [
            Linear(plan),
            new("convolutions", plan.OnDigits(Networks.Digits)),
        ],
        found => Words.Text($"Linear layers: {Words.Measured(found.First.Outcome)}, where guessing would be right in one case of {found.First.Outcome.Truth.Distinct().Count()}. ") + found.Sentences())
    {
        OfDigits = true,
        Repeated = Linear,
    };

    static Variant Linear(Plan plan) => new("linear layers", plan.OnDigits(Networks.Linear));
}
