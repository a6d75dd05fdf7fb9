namespace Candeia;

/// <summary>What a convolution or a normalization does with its results before it writes them.</summary>
/// <param name="Relu">Whether negative results become 0.</param>
/// <param name="Ceiling">What larger results become, after ReLU.</param>
/// <param name="Pool">The pooling of 2×2 pixels at the end, if any.</param>
internal readonly record struct Tail(bool Relu, double Ceiling, ConvPool Pool)
{
    /// <summary>Nothing is done.</summary>
    public static Tail Nothing => new(false, double.PositiveInfinity, ConvPool.None);

    /// <summary>What smaller results become.</summary>
    public double Floor => Relu ? 0 : double.NegativeInfinity;

    /// <summary>Whether the way back does not ask for values.</summary>
    public bool IsLinear => !Relu && Pool != ConvPool.Max;

    /// <summary>Whether the second of these can be added to the first where it lies.</summary>
    public static bool Fits(ReadOnlySpan<Tensor> sum) => sum[0].DType == sum[1].DType && sum[0].Shape == sum[1].Shape
        && sum[0].Layout.Strides.SequenceEqual(sum[1].Layout.Strides);
}
