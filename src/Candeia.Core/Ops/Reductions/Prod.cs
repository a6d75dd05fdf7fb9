using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The product along some dimensions. Integers and truth values give int64.</summary>
public sealed record ProdOp(int[] Dims, bool KeepDim = false) : ReductionOp(Dims, KeepDim)
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override DType Result(DType x) => x.IsFloatingPoint() ? x : DType.Int64;

    /// <summary>The product of all other elements, also where some are 0: the product with each zero replaced by 1, if there is no other zero.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var x = node.Inputs[0];
        var zero = x.Eq(0);
        var filled = zero.Where(Tensor.Scalar(1, x.DType, x.Device), x);
        var zeros = zero.To(x.DType).Sum(Dims, keepDim: true);
        var product = new ProdOp(Dims, KeepDim: true).Apply(filled);
        var others = zero.Where(product * zeros.Eq(1).To(x.DType), product / filled * zeros.Eq(0).To(x.DType));
        return [Stretch(grad, x.Shape) * others];
    }

    /// <inheritdoc/>
    protected override unsafe void Reduce<T>(T* x, T* y, nint outer, nint n, nint inner)
    {
        for (nint o = 0; o < outer; o++)
        {
            var product = new Span<T>(y + o * inner, (int)inner);
            product.Fill(T.One);
            for (nint i = 0; i < n; i++) TensorPrimitives.Multiply(product, new ReadOnlySpan<T>(x + (o * n + i) * inner, (int)inner), product);
        }
    }
}

public static partial class TensorOps
{
    /// <summary>The product along some dimensions, or of all elements if none is named.</summary>
    public static Tensor Prod(this Tensor x, params ReadOnlySpan<int> dims) => new ProdOp(dims.ToArray()).Apply(x);

    /// <summary>The product along some dimensions, which stay with size 1 if asked.</summary>
    public static Tensor Prod(this Tensor x, ReadOnlySpan<int> dims, bool keepDim) => new ProdOp(dims.ToArray(), keepDim).Apply(x);
}
