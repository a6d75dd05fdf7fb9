namespace Candeia.NN;

/// <summary>The learning rate times a factor that changes evenly from one value to another: a warm-up, by default.</summary>
/// <param name="Start">The factor of the first step.</param>
/// <param name="End">The factor after <paramref name="Steps"/> steps, which stays.</param>
/// <param name="Steps">How long the change takes.</param>
public sealed record LinearSchedule(double Start = 1.0 / 3, double End = 1, int Steps = 5) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => initial * (step >= Steps ? End : Start + (End - Start) * step / Steps);
}
