namespace Candeia;

public sealed partial class Generator : IDoubles
{
    /// <summary>A count from the Poisson distribution with this mean; the time does not grow with the mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mean"/> is negative, not a number, or above 2³⁰.</exception>
    public int NextPoisson(double mean)
    {
        if (!PoissonCount.Takes(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean of a Poisson distribution must be in [0, 2^30].");
        var source = this;
        return (int)PoissonCount.Draw(mean, ref source);
    }
}
