namespace Candeia.NN;

/// <summary>The learning rate times a factor with every step after the first.</summary>
/// <param name="Factor">From the step, 1 at least, to its factor.</param>
public sealed record MultiplicativeSchedule(Func<int, double> Factor) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial)
    {
        for (int i = 1; i <= step; i++) initial *= Factor(i);
        return initial;
    }
}
