using System.Runtime.CompilerServices;

namespace Candeia.NN;

/// <summary>
/// The learning rate (and momentum) of every step, as a function of the step alone: a schedule has no state, so going on after a pause needs nothing but
/// the count of steps. A step is whatever its user counts, a batch or an epoch; the first is 0.
/// </summary>
/// <example><code>
/// var adam = new Adam(new Linear(3, 1).Parameters());
/// var schedule = new LinearSchedule(Start: 0.1, Steps: 500).Then(new CosineSchedule(9_500), after: 500);
/// for (int step = 0; step &lt; 10_000; step++) schedule.Apply(adam, step);      // and adam.Step()
/// </code></example>
public abstract record Schedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">How many steps have been made before.</param>
    /// <param name="initial">The learning rate that the group of parameters began with.</param>
    public abstract double LearningRate(int step, double initial);

    /// <summary>The momentum of a step: the group's own, unless the schedule says otherwise.</summary>
    /// <param name="step">How many steps have been made before.</param>
    /// <param name="initial">The momentum that the group of parameters began with.</param>
    public virtual double Momentum(int step, double initial) => initial;

    /// <summary>Sets the numbers of all groups for a step. Call it before the step is made.</summary>
    public void Apply(Optimizer optimizer, int step)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        foreach (var group in optimizer.Groups)
        {
            group.LearningRate = LearningRate(step, group.InitialLearningRate);
            if (!double.IsNaN(group.InitialMomentum)) group.Momentum = Momentum(step, group.InitialMomentum);
        }
    }

    /// <summary>This schedule for a number of steps, then another from its beginning.</summary>
    public Schedule Then(Schedule next, int after) => new SequentialSchedule(this, after, next);

    /// <summary>Both at once: the other takes for the initial numbers what this one gives, so factors multiply.</summary>
    public Schedule With(Schedule other) => new CombinedSchedule(this, other);

    private protected static int Positive(int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
