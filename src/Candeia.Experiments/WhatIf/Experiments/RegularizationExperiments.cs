namespace Candeia.Experiments;

/// <summary>Dropout, batch normalization, and both.</summary>
static class RegularizationExperiments
{
    const double Drifted = 2;       // the loss in evaluation on what was learnt from, to that in training: 1 at most, but for chance

    public static Experiment Dropout() => new("dropout", "What if numbers were dropped at random while it learns?",
        plan => [plan.Tutorial, With(plan, "dropout", Networks.Dropout)], Conclude);

    public static Experiment Norm() => new("batch-norm", "What if each layer's outputs were normalized?",
        plan => [plan.Tutorial, With(plan, "batch norm", Networks.Norm)], Conclude);

    public static Experiment Both() => new("both", "What if there were dropout and batch normalization?",
        plan =>
        [
            plan.Tutorial,
            With(plan, "both", Networks.Both),
            With(plan, "dropout", Networks.Dropout),
            With(plan, "batch norm", Networks.Norm),
        ], Conclude);

    static Variant With(Plan plan, string label, Code<NewNetwork> network) => new(label, plan.Baseline with { Network = network });

    static string Conclude(Findings found) =>
        found.Sentences() + string.Concat(found.Others.Select(r => Why(found.First, r))) + " " + Words.Gaps(found.Results) + " All losses are measured in evaluation mode.";

    // What the losses say of a network that is worse than the first.
    static string Why(Result first, Result second)
    {
        var (a, b) = (first.Outcome, second.Outcome);
        if (a.Diverged || b.Diverged || b.Error <= a.Error) return "";
        string losses = $"{Words.Mse(b.TrainLoss)} against {Words.Mse(a.TrainLoss)}", label = Words.Capital(second.Variant.Label);
        double training = b.Epochs[^1].TrainLoss;
        if (b.TrainLoss > Drifted * training)
            return $" {label} reads even what it has learnt from worse in evaluation ({Words.Mse(b.TrainLoss)}) than in training ({Words.Mse(training)}): the two modes have drifted apart.";
        if (b.TrainLoss <= a.TrainLoss) return $" {label} fits what it has learnt from better ({losses}) and new pictures worse: it overfits.";
        var watched = b.Epochs.Where(e => e.ValidLoss is not null).ToArray();
        bool falling = watched.Length > 1 && watched.MinBy(e => e.ValidLoss)!.Epoch == b.Epochs.Count;
        return $" {label} fits what it has learnt from less well, too ({losses}), so it is held back rather than overfitted{(falling ? ", and it was still getting better when the training ended" : "")}.";
    }
}
