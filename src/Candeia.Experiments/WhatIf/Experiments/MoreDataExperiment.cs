namespace Candeia.Experiments;

/// <summary>The learning curve over the number of images.</summary>
static class MoreDataExperiment
{
    // Of the baseline's images, and of its epochs: as many steps, whatever the number of images.
    static readonly double[] s_shares = [0.1, 0.25, 1, 2.5, 10];

    public static Experiment Create() => new("more-data", "What if there were more pictures, or fewer?",
        plan => [.. s_shares.Select(share => Of(plan.Baseline, share)).DistinctBy(v => v.Trial.Train).OrderByDescending(v => v.Trial == plan.Baseline).ThenBy(v => v.Trial.Train)],
        Conclude)
    {
        Note = "Fewer images are seen more often, so that each network makes about as many steps, as far as whole epochs allow.",
    };

    static Variant Of(Trial trial, double share)
    {
        int train = share < 1 ? trial.Share(share).Train : (int)(share * trial.Train), epochs = Math.Max(1, (int)Math.Round(trial.Epochs / share));
        return new(Words.Text($"{train:N0} images"), trial with { Train = train, Epochs = epochs });
    }

    static string Conclude(Findings found)
    {
        var curve = found.Results.Where(r => !r.Outcome.Diverged).OrderBy(r => r.Variant.Trial.Train).ToArray();
        if (curve.Length < 2) return "The trainings have lost their way.";
        string errors = string.Join(", ", curve.Select(r => $"{Words.Mse(r.Outcome.Error)} from {Count.Of(r.Variant.Trial.Train, "image")} ({Count.Of(r.Variant.Trial.Steps, "step")})"));
        double factor = Math.Pow(10, -Slope([.. curve.Select(r => (Math.Log(r.Variant.Trial.Train), Math.Log(r.Outcome.Error)))]));
        bool luck = Comparison.Of(curve[0].Outcome, curve[^1].Outcome, found.Luck).IsLuck;
        return $"Test MSE is {errors}. " + (luck ? $"That is no difference that is more than luck. {found.Spread()}"
            : factor > 1 ? Words.Text($"Ten times the images divide the error by about {factor:0.0}.")
            : "More images do not help within this time.");
    }

    // Of the line that passes closest by all points.
    static double Slope((double X, double Y)[] points)
    {
        double mx = points.Average(p => p.X), my = points.Average(p => p.Y);
        return points.Sum(p => (p.X - mx) * (p.Y - my)) / points.Sum(p => (p.X - mx) * (p.X - mx));
    }
}
