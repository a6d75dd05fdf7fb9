using System.Numerics.Tensors;
using Candeia.Kernels;

namespace Candeia;

/// <summary>a + value·b·c.</summary>
/// <param name="Value">The factor.</param>
public sealed record AddCMulOp(double Value = 1) : TernaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a + b * c * k0", Value);

    private protected override DType Meant(DType dtype) => dtype != DType.Bool ? dtype : throw new ArgumentException("AddCMul takes numbers, not truth values; convert with To(dtype).");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            Kernels.Map.Run(new AddCMulMap(Value), a, b, c, y);
            return;
        }
        TensorPrimitives.Multiply(b, c, y);
        if (Value != 1) TensorPrimitives.Multiply(y, T.CreateTruncating(Value), y);
        TensorPrimitives.Add(a, y, y);
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B, Tensor? C) Backward(Tensor a, Tensor b, Tensor c, Node node, Tensor grad) =>
        (grad, node.Needs(1) ? grad * (c * Value).Conj() : null, node.Needs(2) ? grad * (b * Value).Conj() : null);
}

/// <summary>a + value·b / c; whole numbers are converted to <see cref="Tensor.DefaultDType"/> first.</summary>
/// <param name="Value">The factor.</param>
public sealed record AddCDivOp(double Value = 1) : TernaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a + b * k0 / c", Value);

    private protected override DType Meant(DType dtype) => dtype.HasGradients() ? dtype
        : throw new ArgumentException($"AddCDiv divides numbers that have fractions, not {dtype}; convert with To(DType.{Tensor.DefaultDType}).");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
    {
        if (Value == 1) TensorPrimitives.Divide(b, c, y);
        else
        {
            TensorPrimitives.Multiply(b, T.CreateTruncating(Value), y);
            TensorPrimitives.Divide(y, c, y);
        }
        TensorPrimitives.Add(a, y, y);
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B, Tensor? C) Backward(Tensor a, Tensor b, Tensor c, Node node, Tensor grad) =>
        (grad, node.Needs(1) ? grad * (Value / c).Conj() : null, node.Needs(2) ? -grad * (b / (c * c) * Value).Conj() : null);
}

public static partial class TensorOps
{
    /// <summary>x + value·a·b, element by element, in one pass.</summary>
    /// <param name="x">What is added to.</param>
    /// <param name="a">A factor.</param>
    /// <param name="b">The other factor.</param>
    /// <param name="value">What the product is multiplied by; of whole numbers, a whole number.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">The elements are truth values, or whole numbers that meet a factor with a fraction.</exception>
    /// <example><code>Tensor x = [1, 2]; var y = x.AddCMul([3, 4], [5, 6], value: 2);   // [31, 50]</code></example>
    public static Tensor AddCMul(this Tensor x, Tensor a, Tensor b, double value = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.HasGradients() && !double.IsInteger(value)) throw new ArgumentException($"A factor {value} makes no whole numbers of {x.DType}; convert with To(DType.{Tensor.DefaultDType}).");
        return new AddCMulOp(value).Apply(x, a, b);
    }

    /// <summary>x + value·a / b, element by element, in one pass.</summary>
    /// <param name="x">What is added to.</param>
    /// <param name="a">The dividend.</param>
    /// <param name="b">The divisor.</param>
    /// <param name="value">What the quotient is multiplied by.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="ArgumentException">All elements are whole numbers.</exception>
    /// <example><code>Tensor x = [1.0, 2]; var y = x.AddCDiv([3, 4], [6, 2], value: 2);  // [2, 6]</code></example>
    public static Tensor AddCDiv(this Tensor x, Tensor a, Tensor b, double value = 1) => new AddCDivOp(value).Apply(x, a, b);
}
