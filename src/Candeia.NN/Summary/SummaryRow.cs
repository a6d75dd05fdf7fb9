namespace Candeia.NN;

/// <summary>One module of a model.</summary>
/// <param name="Path">Its name, as in the state dict; empty for the model itself.</param>
/// <param name="Module">Its type and details: <c>Conv2d 1→32 3×3</c>.</param>
/// <param name="Output">The shape of its (first) result; null where the model's Forward does not go through it with Apply.</param>
/// <param name="Parameters">How many numbers its own parameters have, shared ones counted where they first occur.</param>
/// <param name="Trained">How many of these are trained.</param>
public sealed record SummaryRow(string Path, string Module, Shape? Output, long Parameters, long Trained)
{
    /// <summary>How many products its matrix products and convolutions sum up, over all its calls, modules in it not included.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>How much memory its results take, over all its calls.</summary>
    public long ResultBytes { get; init; }
}
