namespace Candeia.NN;

/// <summary>The learning rate falls to zero as (1 − step / Steps)ᵖ.</summary>
/// <param name="Steps">How long it takes to reach zero.</param>
/// <param name="Power">p, the shape of the fall: 1 is a straight line.</param>
public sealed record PolynomialSchedule(int Steps = 5, double Power = 1) : Schedule
{
    /// <summary>How long it takes.</summary>
    public int Steps { get; init => field = Positive(value, nameof(Steps)); } = Positive(Steps);

    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => initial * PortableMath.Power(1 - (double)Math.Min(step, Steps) / Steps, Power);
}
