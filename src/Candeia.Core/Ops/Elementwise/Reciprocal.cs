using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>1 / x.</summary>
public sealed record ReciprocalOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("1 / a");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    private protected override int Effort => 3;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Reciprocal(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => 1 / z;

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * (y * y).Conj();
}

public static partial class TensorOps
{
    /// <summary>1 / x, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps; 0 gives ∞.</param>
    /// <example><code>
    /// Tensor x = [[1, 2, 4]];
    /// Console.WriteLine(x.Reciprocal());
    /// // →  1.0000  0.5000  0.2500
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Reciprocal(this Tensor x) => new ReciprocalOp().Apply(x);
}
