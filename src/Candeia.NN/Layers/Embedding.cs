namespace Candeia.NN;

/// <summary>A learnt vector for each of a number of things: int64 […] → […, features].</summary>
public sealed class Embedding : Layer
{
    /// <param name="count">How many things there are, such as the words of a vocabulary.</param>
    /// <param name="features">How many numbers describe each of them.</param>
    /// <param name="generator">Where initial values come from: the standard normal distribution.</param>
    public Embedding(int count, int features, Generator? generator = null)
    {
        Weight = Parameter.Of(Tensor.Empty([count, features]));
        Init.Normal(Weight, generator: generator);
    }

    /// <summary>The vectors, [count, features].</summary>
    public Tensor Weight { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Weight.Shape[0]} of {Weight.Shape[1]}";

    /// <summary>int64 […] → […, features].</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType.IsFloatingPoint()) throw new ArgumentException($"Embedding takes whole numbers, not {x.DType}; convert with To(DType.Int64).");
        return Weight.IndexSelect(0, x.Flatten()).Reshape([.. x.Shape, Weight.Shape[1]]);
    }
}
