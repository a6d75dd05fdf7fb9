namespace Candeia.NN;

/// <summary>The learning rate times a factor for some steps, then as it is.</summary>
/// <param name="Factor">What the learning rate is multiplied by at first.</param>
/// <param name="Steps">For how many steps.</param>
public sealed record ConstantSchedule(double Factor = 1.0 / 3, int Steps = 5) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => step < Steps ? initial * Factor : initial;
}
