namespace Candeia.NN;

/// <summary>Two schedules at once, the second upon the first.</summary>
internal sealed record CombinedSchedule(Schedule First, Schedule Second) : Schedule
{
    public override double LearningRate(int step, double initial) => Second.LearningRate(step, First.LearningRate(step, initial));

    public override double Momentum(int step, double initial) => Second.Momentum(step, First.Momentum(step, initial));
}
