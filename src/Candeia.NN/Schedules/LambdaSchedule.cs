namespace Candeia.NN;

/// <summary>The learning rate times a function of the step.</summary>
/// <param name="Factor">From the step to the factor.</param>
public sealed record LambdaSchedule(Func<int, double> Factor) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => initial * Factor(step);
}
