namespace Candeia.Cli;

/// <summary>The gap between training and validation: how much a network knows its own pictures by heart.</summary>
static class Gap
{
    /// <summary>Between the loss on what was learnt from and the validation loss, as a factor.</summary>
    public static double Of(Outcome outcome) => (outcome.ValidLoss ?? outcome.TestLoss) / outcome.TrainLoss;

    /// <summary>A sentence on the gaps, and on where the validation loss was lowest.</summary>
    public static string Sentence(IEnumerable<(Variant Variant, Outcome Outcome)> results) =>
        "The validation loss, divided by the loss on what was learnt from: "
        + string.Join(", ", results.Where(r => !r.Outcome.Diverged).Select(r => Findings.Text($"{Of(r.Outcome):0.0} for {r.Variant.Label}{Turn(r.Outcome)}"))) + ".";

    static string Turn(Outcome outcome)
    {
        var best = outcome.Epochs.Where(e => e.ValidLoss is not null).MinBy(e => e.ValidLoss);
        return best is null || best.Epoch == outcome.Epochs.Count ? "" : $" (lowest after epoch {best.Epoch} of {outcome.Epochs.Count})";
    }
}
