namespace Candeia.Charts;

/// <summary>From a lower to a higher number.</summary>
public readonly record struct Interval
{
    /// <summary>The interval between two finite numbers.</summary>
    /// <exception cref="ArgumentException"><paramref name="low"/> is not below <paramref name="high"/>, or one is not finite.</exception>
    public Interval(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
            throw new ArgumentException(FormattableString.Invariant($"[{low}, {high}] is no interval: give a lower and a higher finite number."));
        (Low, High) = (low, high);
    }

    /// <summary>The lower end.</summary>
    public double Low { get; }

    /// <summary>The higher end.</summary>
    public double High { get; }
}
