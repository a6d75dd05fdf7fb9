namespace Candeia.NN;

/// <summary>x times a learnt scale for each feature: […, features] → […, features].</summary>
/// <example><code>
/// var layer = new NAME(3);
/// Console.WriteLine(layer.Forward(Tensor.Ones([2, 3])).Shape);      // → [2, 3]
/// </code></example>
public sealed class NAME : Layer
{
    /// <param name="features">How many numbers each input has: the size of its last dimension.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no features.</exception>
    public NAME(int features)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        Weight = Parameter.Of(Tensor.Ones([features]));
    }

    /// <summary>The scales, [features].</summary>
    public Tensor Weight { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Weight.Shape[0]}";

    /// <summary>[…, features] → […, features].</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0 || x.Shape[^1] != Weight.Shape[0]) throw new ShapeException($"NAME of {Weight.Shape[0]} features does not take {x.Shape}.");
        return x * Weight;
    }
}
