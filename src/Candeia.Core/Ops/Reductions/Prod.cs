namespace Candeia;

/// <summary>The product along some dimensions. Integers and truth values give int64.</summary>
public sealed record ProdOp(Dims Dims, bool KeepDim = false) : ReductionOp(Dims, KeepDim)
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    private protected override DType Result(DType x) => x.Summed();

    /// <summary>The product of all other elements, also where some are 0: the product with each zero replaced by 1, if there is no other zero.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var x = node.Inputs[0];
        var zero = x.Eq(0);
        var filled = zero.Where(Tensor.Number(1, x.DType), x);
        var zeros = zero.To(x.DType).Sum(Dims, keepDim: true);
        var product = new ProdOp(Dims, KeepDim: true).Apply(filled);
        var others = zero.Where(product * zeros.Eq(1).To(x.DType), product / filled * zeros.Eq(0).To(x.DType));
        return [Stretch(grad, x.Shape) * others.Conj()];
    }

    private protected override Op Join => new MultiplyOp();

    private protected override void Reduce(Reductions rows) => rows.Prod();
}

public static partial class TensorOps
{
    /// <summary>The product along some dimensions, or of all elements if none is named.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <returns>Along dimension 1, [2, 3] gives [2]; of whole numbers and truth values, int64.</returns>
    /// <example><code>
    /// Tensor x = [[1, 2], [3, 4]];
    /// Console.WriteLine(x.Prod(1));
    /// // →   2
    /// // →  12
    /// // → [ int64 [2] ]
    /// </code></example>
    public static Tensor Prod(this Tensor x, params ReadOnlySpan<int> dims) => new ProdOp(dims).Apply(x);

    /// <summary>
    /// The product along some dimensions, which stay with size 1 if asked; of another type if asked, to which the elements are converted first.
    /// </summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dims">The dimensions along which is multiplied; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <param name="dtype">The type of the result, if it shall be another.</param>
    public static Tensor Prod(this Tensor x, ReadOnlySpan<int> dims, bool keepDim, DType? dtype = null) => new ProdOp(dims, keepDim).Apply(As(x, dtype));

    /// <summary>The product of all elements, converted to a type first.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dtype">The type of the result.</param>
    public static Tensor Prod(this Tensor x, DType dtype) => x.Prod([], keepDim: false, dtype);
}
