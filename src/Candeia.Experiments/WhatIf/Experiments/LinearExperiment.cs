namespace Candeia.Experiments;

/// <summary>Linear layers instead of convolutions.</summary>
static class LinearExperiment
{
    public static Experiment Create() => new("linear", "What if the network had no convolutions, only linear layers?",
        plan => [plan.Tutorial, .. Plan.Repeat(new("linear layers", plan.Baseline with { Network = Networks.Linear }))],
        Conclude)
    {
        Note = "Without convolutions the result depends much on where the last steps happen to end, so it is made from several seeds.",
    };

    static string Conclude(Findings found)
    {
        var linear = found.Others.Select(r => r.Outcome).Where(o => !o.Diverged).OrderBy(o => o.Error).ToArray();
        if (linear.Length == 0) return found.Sentences();
        var (middle, tutorial) = (linear[linear.Length / 2], found.First.Outcome);
        return found.Sentence(found.Others.First(r => r.Outcome == middle))
            + $" From {linear.Length} seeds it is {Words.Mse(linear[0].Error)} to {Words.Mse(linear[^1].Error)}."
            + Words.Text($" Linear layers have {(double)middle.Parameters / tutorial.Parameters:0.0} times the parameters and take {middle.Seconds / tutorial.Seconds:0.0} times the time.")
            + Words.Text($" Their loss on new pictures is {middle.TestLoss / middle.TrainLoss:0.0} times that on the pictures that they know, {tutorial.TestLoss / tutorial.TrainLoss:0.0} times with convolutions.");
    }
}
