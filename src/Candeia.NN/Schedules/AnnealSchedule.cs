namespace Candeia.NN;

/// <summary>
/// From the initial learning rate to another, which stays: what averaging of weights wants (<see href="https://arxiv.org/abs/1803.05407">Izmailov et
/// al., 2018</see>).
/// </summary>
/// <param name="Target">The learning rate at the end.</param>
/// <param name="Steps">How long the change takes.</param>
/// <param name="Annealing">The way between.</param>
public sealed record AnnealSchedule(double Target, int Steps = 10, Annealing Annealing = Annealing.Cosine) : Schedule
{
    /// <inheritdoc/>
    public override double LearningRate(int step, double initial) =>
        step >= Steps ? Target : Annealing.Between(initial, Target, (double)step / Steps);
}
