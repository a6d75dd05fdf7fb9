using Candeia.Kernels;

namespace Candeia;

/// <summary>x·sigmoid(x).</summary>
public sealed record SiluOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a * sigmoid_@(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new SiluMap(), x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => new SiluGradientOp().Apply(grad, x);
}

public static partial class TensorOps
{
    /// <summary>x·sigmoid(x), also called swish, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Silu());
    /// // → -0.2384  0.0000  2.8577
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Silu(this Tensor x) => new SiluOp().Apply(x);
}
