namespace Candeia.NN;

/// <summary>One schedule, and after some steps another from its beginning; both refer to the same initial numbers.</summary>
internal sealed record SequentialSchedule(Schedule First, int Steps, Schedule Next) : Schedule
{
    public override double LearningRate(int step, double initial) =>
        step < Steps ? First.LearningRate(step, initial) : Next.LearningRate(step - Steps, initial);

    public override double Momentum(int step, double initial) => step < Steps ? First.Momentum(step, initial) : Next.Momentum(step - Steps, initial);
}
