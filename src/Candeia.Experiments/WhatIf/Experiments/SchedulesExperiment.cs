namespace Candeia.Experiments;

/// <summary>Learning rates that change.</summary>
static class SchedulesExperiment
{
    public static Experiment Create() => new("schedules", "What if the learning rate changed on the way?",
        plan =>
        [
            plan.Tutorial with { Label = "constant" },
            new("step", plan.Baseline with { Schedule = Schedules.Step }),
            new("cosine", plan.Baseline with { Schedule = Schedules.Cosine }),
            new("one cycle", plan.Baseline with { Schedule = Schedules.OneCycle, FindsRate = true }),
        ],
        found => found.Sentences()
            + Words.Text($" The highest rate of the one cycle was {found.Others.Single(r => r.Variant.Trial.Schedule == Schedules.OneCycle).Outcome.LearningRate:0.000000}."))
    {
        Note = "The highest rate of the one cycle is where the learning-rate finder saw the lowest loss; all schedules end with the last epoch.",
    };
}
