namespace Candeia.Cli;

/// <summary>The linear model and a convolutional one on digits.</summary>
static class DigitsExperiment
{
    public static Experiment Create() => new("digits", "What if the pictures were digits, and the answer one of ten classes?",
        plan =>
        [
            Linear(plan),
            new("convolutions", "new DigitsNet(rows: 28, columns: 28, classes: 10)", plan.OnDigits(Networks.Digits)),
        ],
        found => Findings.Text($"Linear layers: {Findings.Measured(found.First.Outcome)}, where guessing would be right in one case of {found.First.Outcome.Truth.Distinct().Count()}. ") + found.Sentences())
    {
        Repeated = Linear,
    };

    static Variant Linear(Plan plan) => new(
        "linear layers", "new LinearNet(pixels: 784, outputs: 10), loss: (y, target) => y.CrossEntropyLoss(target)", plan.OnDigits(Networks.Linear));
}
