namespace Candeia.NN;

/// <summary>The learning rate times γ at certain steps.</summary>
/// <param name="Milestones">The steps at which the learning rate falls.</param>
/// <param name="Gamma">γ, what it is multiplied by each time.</param>
public sealed record MultiStepSchedule(IReadOnlyList<int> Milestones, double Gamma = 0.1) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => initial * PortableMath.Power(Gamma, Milestones.Count(m => m <= step));
}
