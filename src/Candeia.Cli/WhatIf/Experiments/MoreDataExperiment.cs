namespace Candeia.Cli;

/// <summary>The learning curve over the number of images.</summary>
static class MoreDataExperiment
{
    // Of the baseline's images, and of its epochs: as many steps, whatever the number of images.
    static readonly double[] s_shares = [0.1, 0.25, 1, 2.5, 10];

    public static Experiment Create() => new("more-data", "What if there were more pictures, or fewer?",
        plan => [.. s_shares.Select(share => Of(plan.Baseline, share)).DistinctBy(v => v.Trial.Train).OrderByDescending(v => v.Trial == plan.Baseline).ThenBy(v => v.Trial.Train)],
        Conclude)
    {
        Note = "Every network makes about as many steps as the tutorial's, so fewer images are seen more often.",
    };

    static Variant Of(Trial trial, double share)
    {
        int train = share < 1 ? trial.Share(share).Train : (int)(share * trial.Train), epochs = Math.Max(1, (int)Math.Round(trial.Epochs / share));
        return new(Findings.Text($"{train:N0} images"), Findings.Text($"data[..{train}], epochs: {epochs}"), trial with { Train = train, Epochs = epochs });
    }

    static string Conclude(Findings found)
    {
        var curve = found.Results.Where(r => !r.Outcome.Diverged).OrderBy(r => r.Variant.Trial.Train).ToArray();
        string errors = string.Join(", ", curve.Select(r => $"{Findings.Mse(r.Outcome.Error)} from {r.Variant.Label}"));
        var (least, most) = (curve[0], curve[^1]);
        double power = Math.Log(least.Outcome.Error / most.Outcome.Error) / Math.Log((double)most.Variant.Trial.Train / least.Variant.Trial.Train);
        return $"With as many steps each, test MSE is {errors}. " + (power > 0.02
            ? Findings.Text($"Ten times the images divide the error by about {Math.Pow(10, power):0.0}.")
            : "More images do not help within this time.");
    }
}
