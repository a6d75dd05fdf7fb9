namespace Candeia.Charts;

/// <summary>Named points. Points with a coordinate that is not finite are left out, and break a line.</summary>
public sealed record Series
{
    /// <summary>Points from their coordinates.</summary>
    /// <exception cref="ArgumentException">There are not as many x as y.</exception>
    public Series(string name, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count) throw new ArgumentException($"Series '{name}' has {x.Count} x and {y.Count} y: give as many of both.", nameof(y));
        (Name, X, Y) = (name, x, y);
    }

    /// <summary>Points over 1, 2, 3 …, as epochs are counted.</summary>
    public Series(string name, IReadOnlyList<double> y) : this(name, [.. Enumerable.Range(1, y?.Count ?? 0).Select(i => (double)i)], y!) { }

    /// <summary>The name in labels and legends.</summary>
    public string Name { get; }

    /// <summary>Horizontal coordinates.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Vertical coordinates, as many as <see cref="X"/>.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>The colour; by the position in the chart unless given.</summary>
    public Hue? Hue { get; init; }

    /// <summary>Whether a line chart draws the line in dashes.</summary>
    public bool Dashed { get; init; }
}
