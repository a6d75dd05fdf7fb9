using Candeia.NN;

namespace Candeia.Charts;

/// <summary>Schedules, to look at before they are used.</summary>
public static class ScheduleCharts
{
    /// <summary>The learning rate of every step.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="steps">How many steps to draw: batches or epochs, whatever the schedule counts.</param>
    /// <param name="initial">The learning rate that the optimizer begins with.</param>
    public static LineChart Chart(this Schedule schedule, int steps, double initial = 1e-3) => Curves([("", schedule)], steps, initial);

    /// <summary>The learning rates of several schedules over each other.</summary>
    /// <param name="schedules">Each with its name.</param>
    /// <param name="steps">How many steps to draw: batches or epochs, whatever the schedules count.</param>
    /// <param name="initial">The learning rate that the optimizer begins with.</param>
    public static LineChart Curves(IReadOnlyList<(string Name, Schedule Schedule)> schedules, int steps, double initial = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        double[] at = [.. Enumerable.Range(0, steps).Select(s => (double)s)];
        return new LineChart("Learning rate per step", [.. schedules.Select(s => new Series(s.Name, at, [.. at.Select(step => s.Schedule.LearningRate((int)step, initial))]))])
        {
            X = "step",
            Y = "learning rate",
        };
    }
}
