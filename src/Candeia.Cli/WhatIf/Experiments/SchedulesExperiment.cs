namespace Candeia.Cli;

/// <summary>Learning rates that change.</summary>
static class SchedulesExperiment
{
    public static Experiment Create() => new("schedules", "What if the learning rate changed on the way?",
        plan =>
        [
            plan.Tutorial with { Label = "constant" },
            new("step", "new LearningRateSchedule(new StepSchedule((epochs + 2) / 3), Per.Epoch)", plan.Baseline with { Timetable = Timetable.Step }),
            new("cosine", "new LearningRateSchedule(steps => new CosineSchedule(steps), Per.Batch)", plan.Baseline with { Timetable = Timetable.Cosine }),
            new("one cycle", "new LearningRateSchedule(steps => new OneCycleSchedule(curve.Lowest.LearningRate, steps), Per.Batch)",
                plan.Baseline with { Timetable = Timetable.OneCycle }),
        ],
        found => found.Sentences() + Findings.Text($" The highest rate of the one cycle was {found["one cycle"].Outcome.LearningRate:0.0e0}."))
    {
        Note = "The highest rate of the one cycle is where the learning-rate finder saw the lowest loss; all schedules end with the last epoch.",
    };
}
