namespace Candeia.NN;

/// <summary>The learning rate times γ after every few steps.</summary>
/// <param name="StepSize">After how many steps the learning rate falls, again and again.</param>
/// <param name="Gamma">γ, what it is multiplied by each time.</param>
public sealed record StepSchedule(int StepSize, double Gamma = 0.1) : Schedule
{
    /// <summary>After how many.</summary>
    public int StepSize { get; init => field = Positive(value, nameof(StepSize)); } = Positive(StepSize);

    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => initial * PortableMath.Power(Gamma, step / StepSize);
}
