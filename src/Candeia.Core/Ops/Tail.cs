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

    /// <summary>The tail by ops that each give a tensor.</summary>
    public Tensor OneByOne(Tensor y)
    {
        if (Relu) y = double.IsPositiveInfinity(Ceiling) ? y.Relu() : y.Clamp(0, Ceiling);
        return Pool == ConvPool.None ? y : Pool == ConvPool.Average ? y.AvgPool2d(2) : y.MaxPool2d(2);
    }

    /// <summary>The gradient of what the tail is given, by ops that each give a tensor.</summary>
    public Tensor GradientOneByOne(Tensor grad, Tensor y)
    {
        var halves = new PoolGeometry(2, 2, 0, 1, false);
        if (Pool == ConvPool.Average) grad = new AvgPool2dGradientOp(new AvgPool2dOp(halves), y.Shape).Apply(grad);
        if (Pool == ConvPool.Max)
        {
            var (_, places) = (Relu ? y.Clamp(0, Ceiling) : y).Detach().MaxPool2dWithIndices(2);
            grad = new MaxPool2dGradientOp(halves, y.Shape).Apply(grad, places.Permute(0, 2, 3, 1));
        }
        return Relu ? new ClampGradientOp(0, Ceiling, PassesAtBounds: false).Apply(grad, y) : grad;
    }

    /// <summary>Whether the second of these can be added to the first where it lies.</summary>
    public static bool Fits(ReadOnlySpan<Tensor> sum) => sum[0].DType == sum[1].DType && sum[0].Shape == sum[1].Shape
        && sum[0].Layout.Strides.SequenceEqual(sum[1].Layout.Strides);
}
