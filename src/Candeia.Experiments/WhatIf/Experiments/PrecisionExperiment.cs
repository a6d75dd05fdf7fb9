namespace Candeia.Experiments;

/// <summary>Other ways to compute the same.</summary>
static class PrecisionExperiment
{
    const double Share = 0.25;

    public static Experiment Create() => new("precision", "What if it were computed more exactly?",
        plan =>
        [
            plan.Tutorial with { Label = "float32, Winograd", Trial = plan.Baseline.Share(Share) },
            new("float32, direct", plan.Baseline.Share(Share) with { Direct = true }),
            new("float64", plan.Baseline.Share(Share) with { Float64 = true }),
        ],
        found => found.Sentences() + string.Concat(found.Others.Select(o =>
            Words.Text($" {Words.Capital(o.Variant.Label)} takes {o.Outcome.Seconds / found.First.Outcome.Seconds:0.0} times as long."))))
    {
        Repeated = plan => plan.Tutorial with { Trial = plan.Baseline.Share(Share) },
        Note = "On a quarter of the training images.",
    };
}
