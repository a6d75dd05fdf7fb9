namespace Candeia.Data;

/// <summary>Items drawn with replacement, each with a probability proportional to its weight.</summary>
public sealed class WeightedSampler : ISampler
{
    readonly double[] _cumulative;

    /// <summary>Draws <paramref name="count"/> items an epoch.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not a number, or all are 0.</exception>
    public WeightedSampler(IReadOnlyList<double> weights, int count)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double sum = 0;
        _cumulative = [.. weights.Select((w, i) => w >= 0 && double.IsFinite(w) ? sum += w : throw new ArgumentException($"Weight {i} is {w}; weights are positive numbers or 0."))];
        if (sum <= 0) throw new ArgumentException("At least one weight must be above 0.");
        Count = count;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Order(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        int[] order = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            int at = Array.BinarySearch(_cumulative, generator.NextDouble() * _cumulative[^1]);
            order[i] = at < 0 ? ~at : at + 1;
            while (order[i] >= _cumulative.Length || (order[i] > 0 && _cumulative[order[i]] == _cumulative[order[i] - 1])) order[i]--;
        }
        return order;
    }
}
