namespace Candeia.Experiments;

/// <summary>The same training on another device.</summary>
static class GpuExperiment
{
    const double Share = 0.25;

    public static Experiment Create() => new("gpu", "What if we wanted to train on a GPU?",
        plan =>
        [
            plan.Tutorial with { Label = "on the processor", Trial = plan.Baseline.Share(Share) },
            new($"on {plan.Settings.Device}{(plan.Settings.DeviceIsProcessor ? " (a processor)" : "")}", plan.Baseline.Share(Share) with { Device = plan.Settings.Device }),
        ],
        found => found.Sentences() + string.Concat(found.Others.Select(o => Words.Text($" {Words.Capital(o.Variant.Label)} it learns from {Words.Speed(o.Outcome)} pictures a second, on the processor from {Words.Speed(found.First.Outcome)}."))))
    {
        Repeated = plan => plan.Tutorial with { Label = "on the processor", Trial = plan.Baseline.Share(Share) },
        Note = "On a quarter of the training images.",
        NeedsDevice = true,
    };
}
