namespace Candeia.NN;

/// <summary>
/// The learning rate rises and falls evenly between two values, again and again; momentum the other way round
/// (<see href="https://arxiv.org/abs/1506.01186">Smith, 2015</see>).
/// </summary>
/// <param name="Low">The lowest learning rate.</param>
/// <param name="High">The highest learning rate.</param>
/// <param name="StepsUp">How long a rise takes.</param>
/// <param name="StepsDown">How long a fall takes; as long as a rise, unless given.</param>
/// <param name="Mode">What becomes of the height.</param>
/// <param name="Gamma">γ in <see cref="CyclicMode.ExpRange"/>.</param>
/// <param name="CycleMomentum">Whether momentum changes.</param>
/// <param name="LowMomentum">The momentum at the highest learning rate.</param>
/// <param name="HighMomentum">The momentum at the lowest.</param>
public sealed record CyclicSchedule(
    double Low, double High, int StepsUp = 2000, int? StepsDown = null, CyclicMode Mode = CyclicMode.Triangular, double Gamma = 1,
    bool CycleMomentum = true, double LowMomentum = 0.8, double HighMomentum = 0.9) : Schedule
{
    /// <summary>How long a rise takes.</summary>
    public int StepsUp { get; init => field = Positive(value, nameof(StepsUp)); } = Positive(StepsUp);

    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => Low + (High - Low) * Height(step);

    /// <inheritdoc/>
    public override double Momentum(int step, double initial) => CycleMomentum ? HighMomentum - (HighMomentum - LowMomentum) * Height(step) : initial;

    /// <summary>0 at the bottom, 1 at the top of the first cycle.</summary>
    double Height(int step)
    {
        int down = StepsDown ?? StepsUp, at = step % (StepsUp + down), cycle = step / (StepsUp + down);
        double height = at <= StepsUp ? (double)at / StepsUp : (double)(StepsUp + down - at) / down;
        return Mode switch
        {
            CyclicMode.Triangular2 => height / PortableMath.Power(2, cycle),
            CyclicMode.ExpRange => height * PortableMath.Power(Gamma, step),
            _ => height,
        };
    }
}
