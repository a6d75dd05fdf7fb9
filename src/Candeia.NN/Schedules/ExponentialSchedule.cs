namespace Candeia.NN;

/// <summary>The learning rate times γ with every step.</summary>
/// <param name="Gamma">γ, what the learning rate is multiplied by with every step: a little less than 1.</param>
public sealed record ExponentialSchedule(double Gamma) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => initial * PortableMath.Power(Gamma, step);
}
