namespace Candeia.NN;

/// <summary>
/// The learning rate rises once to a maximum and falls far below its start; momentum the other way round
/// (<see href="https://arxiv.org/abs/1708.07120">Smith and Topin, 2017</see>). A good default when the number of steps is known. Count batches, not
/// epochs.
/// </summary>
/// <param name="Maximum">The highest learning rate; the group's own does not matter.</param>
/// <param name="Steps">How many steps there will be.</param>
/// <param name="WarmUp">Which part of them rises.</param>
/// <param name="Annealing">The way up and down.</param>
/// <param name="CycleMomentum">Whether momentum (Adam's β₁) changes.</param>
/// <param name="LowMomentum">The momentum at the highest learning rate.</param>
/// <param name="HighMomentum">The momentum at both ends.</param>
/// <param name="Divisor">The maximum divided by this is the first learning rate.</param>
/// <param name="FinalDivisor">The first learning rate divided by this is the last.</param>
/// <param name="ThreePhases">Whether the fall back to the first learning rate takes as long as the rise, with a third phase down to the last.</param>
public sealed record OneCycleSchedule(
    double Maximum, int Steps, double WarmUp = 0.3, Annealing Annealing = Annealing.Cosine, bool CycleMomentum = true,
    double LowMomentum = 0.85, double HighMomentum = 0.95, double Divisor = 25, double FinalDivisor = 1e4, bool ThreePhases = false) : Schedule
{
    /// <summary>How many steps there will be.</summary>
    public int Steps { get; init => field = Positive(value, nameof(Steps)); } = Positive(Steps);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The step lies beyond the cycle.</exception>
    public override double LearningRate(int step, double initial)
    {
        double first = Maximum / Divisor, last = first / FinalDivisor;
        var (phase, part) = Where(step);
        return (phase, ThreePhases) switch
        {
            (0, _) => Annealing.Between(first, Maximum, part),
            (1, true) => Annealing.Between(Maximum, first, part),
            (1, false) => Annealing.Between(Maximum, last, part),
            _ => Annealing.Between(first, last, part),
        };
    }

    /// <inheritdoc/>
    public override double Momentum(int step, double initial)
    {
        if (!CycleMomentum) return initial;
        var (phase, part) = Where(step);
        return phase switch
        {
            0 => Annealing.Between(HighMomentum, LowMomentum, part),
            1 => Annealing.Between(LowMomentum, HighMomentum, part),
            _ => HighMomentum,
        };
    }

    /// <summary>The phase of a step, and which part of it has passed.</summary>
    (int Phase, double Part) Where(int step)
    {
        if (step >= Steps)
            throw new ArgumentOutOfRangeException(
                nameof(step), step, $"The one cycle has {Steps} steps and is over; give it as many as training makes.");
        double top = WarmUp * Steps - 1, end = Steps - 1;
        if (step <= top) return (0, top > 0 ? step / top : 1);                // a rise of no steps is over when it begins
        if (!ThreePhases) return (1, (step - top) / (end - top));
        double down = 2 * WarmUp * Steps - 2;
        return step <= down ? (1, (step - top) / (down - top)) : (2, (step - down) / (end - down));
    }
}
