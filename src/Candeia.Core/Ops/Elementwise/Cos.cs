using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The cosine of x.</summary>
public sealed record CosOp : FloatOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Cos(x, y);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * x.Sin();
}

public static partial class TensorOps
{
    /// <summary>The cosine of x, element by element.</summary>
    public static Tensor Cos(this Tensor x) => new CosOp().Apply(x);
}
