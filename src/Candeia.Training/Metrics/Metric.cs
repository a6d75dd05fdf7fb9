namespace Candeia.Training;

/// <summary>A number that tells how good predictions are, gathered batch by batch.</summary>
/// <remarks>The object is a recipe: <see cref="Begin"/> gives a fresh count for each pass.</remarks>
public abstract record Metric
{
    /// <summary>The name under which results are listed: <c>mae</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Begins to count.</summary>
    public abstract IMetricState Begin();
}
