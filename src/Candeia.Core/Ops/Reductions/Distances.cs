namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Vectors of length 1 along a dimension: x / max(‖x‖ₚ, ε).</summary>
    /// <param name="x">The input.</param>
    /// <param name="p">Which norm.</param>
    /// <param name="dim">The dimension of the vectors.</param>
    /// <param name="epsilon">What is divided by where a vector is shorter.</param>
    /// <example><code>Console.WriteLine((double)Tensor.From([3.0, 4]).Normalize(dim: 0)[0]);    // → 0.6</code></example>
    public static Tensor Normalize(this Tensor x, double p = 2, int dim = 1, double epsilon = 1e-12) =>
        x.InWide(x => x / x.Norm(p, [x.Shape.Dim(dim)], keepDim: true).Clamp(min: epsilon));

    /// <summary>The cosine of the angle between vectors along a dimension: x·y / (max(‖x‖, ε) · max(‖y‖, ε)). Shapes broadcast.</summary>
    /// <param name="x">Some vectors.</param>
    /// <param name="other">Other vectors, as many or one for all.</param>
    /// <param name="dim">The dimension of the vectors.</param>
    /// <param name="epsilon">What is divided by where a vector is shorter.</param>
    /// <example><code>Console.WriteLine((double)Tensor.From([3f, 0]).CosineSimilarity(Tensor.From([5f, 0]), dim: 0));    // → 1</code></example>
    public static Tensor CosineSimilarity(this Tensor x, Tensor other, int dim = 1, double epsilon = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(other);
        var shape = Shape.Broadcast(x.Shape, other.Shape);
        int d = shape.Dim(dim);
        using var between = Between.Of(x, other);
        Tensor a = x.Expand(shape), b = other.Expand(shape);
        return between.Keep(((a / Length(a)) * (b / Length(b))).Sum(d));

        Tensor Length(Tensor v)                                              // the bound changes the value, not the gradient, as in PyTorch
        {
            var square = v.Square().Sum([d], keepDim: true);
            return (square + (square.Detach().Clamp(min: epsilon * epsilon) - square.Detach())).Sqrt();
        }
    }

    /// <summary>The distance ‖x − y + ε‖ₚ of vectors along the last dimension. Shapes broadcast.</summary>
    /// <param name="x">Some vectors.</param>
    /// <param name="other">Other vectors, as many or one for all.</param>
    /// <param name="p">Which norm.</param>
    /// <param name="epsilon">Added to the differences, so that the distance of equal vectors has a gradient.</param>
    /// <param name="keepDim">Whether the last dimension stays, with size 1.</param>
    /// <example><code>Console.WriteLine(Tensor.Ones([4, 3]).PairwiseDistance(Tensor.Zeros([4, 3])).Shape);    // → [4]</code></example>
    public static Tensor PairwiseDistance(this Tensor x, Tensor other, double p = 2, double epsilon = 1e-6, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(other);
        using var between = Between.Of(x, other);
        return between.Keep((x - other + epsilon).Norm(p, [-1], keepDim));
    }
}
