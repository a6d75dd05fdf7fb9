namespace Candeia.NN;

/// <summary>The learning rate times γ at certain steps.</summary>
/// <param name="Milestones">At which.</param>
/// <param name="Gamma">γ.</param>
public sealed record MultiStepSchedule(IReadOnlyList<int> Milestones, double Gamma = 0.1) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => initial * Math.Pow(Gamma, Milestones.Count(m => m <= step));
}
