namespace Candeia.NN;

/// <summary>
/// The learning rate falls to a minimum along half a cosine, again and again from the top (<see href="https://arxiv.org/abs/1608.03983">Loshchilov
/// and Hutter, 2016</see>).
/// </summary>
/// <param name="Period">How long the first fall takes.</param>
/// <param name="Growth">By which factor each fall takes longer than the one before.</param>
/// <param name="Minimum">Where a fall ends.</param>
public sealed record CosineWarmRestartsSchedule(int Period, int Growth = 1, double Minimum = 0) : Schedule
{
    /// <summary>How long the first fall takes.</summary>
    public int Period { get; init => field = Positive(value, nameof(Period)); } = Positive(Period);

    /// <summary>By which factor each fall takes longer than the one before.</summary>
    public int Growth { get; init => field = Positive(value, nameof(Growth)); } = Positive(Growth);

    /// <inheritdoc/>
    public override double LearningRate(int step, double initial)
    {
        long period = Period, since = step;
        if (Growth == 1) since %= period;
        else for (; since >= period; period *= Growth) since -= period;
        return Annealing.Cosine.Between(initial, Minimum, (double)since / period);
    }
}
