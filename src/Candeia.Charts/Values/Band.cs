namespace Candeia.Charts;

/// <summary>What lies between two lines of a line chart, such as how sure a forecast is. Where a coordinate is not finite, the band is broken.</summary>
public sealed record Band
{
    /// <summary>A band from its edges.</summary>
    /// <exception cref="ArgumentException">There are not as many low and high edges as x.</exception>
    public Band(string name, IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (x.Count != low.Count || x.Count != high.Count)
            throw new ArgumentException($"Band '{name}' has {x.Count} x, {low.Count} low and {high.Count} high edges: give as many of each.", nameof(low));
        (Name, X, Low, High) = (name, x, low, high);
    }

    /// <summary>The name in the legend.</summary>
    public string Name { get; }

    /// <summary>Horizontal coordinates.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Where it begins, as many as <see cref="X"/>.</summary>
    public IReadOnlyList<double> Low { get; }

    /// <summary>Where it ends, as many as <see cref="X"/>.</summary>
    public IReadOnlyList<double> High { get; }

    /// <summary>The colour; that of the first line unless given.</summary>
    public Hue? Hue { get; init; }
}
