namespace Candeia.NN;

/// <summary>
/// The learning rate falls to a minimum along half a cosine, and rises again after that (<see href="https://arxiv.org/abs/1608.03983">Loshchilov and
/// Hutter, 2016</see>).
/// </summary>
/// <param name="Steps">How long the fall takes.</param>
/// <param name="Minimum">Where it ends.</param>
public sealed record CosineSchedule(int Steps, double Minimum = 0) : Schedule
{
    /// <summary>How long the fall takes.</summary>
    public int Steps { get; init => field = Positive(value, nameof(Steps)); } = Positive(Steps);

    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) => Annealing.Cosine.Between(initial, Minimum, (double)step / Steps);
}
