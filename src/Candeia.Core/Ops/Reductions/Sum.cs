namespace Candeia;

/// <summary>The sum along some dimensions. Integers and truth values give int64.</summary>
public sealed record SumOp(Dims Dims, bool KeepDim = false) : ReductionOp(Dims, KeepDim)
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>
    /// Whether sums of elements that are only stored are of the type that is computed with, so that what follows does not begin with rounded ones.
    /// </summary>
    public bool Widens { get; init; }

    private protected override bool IsWide => Widens;

    /// <inheritdoc/>
    internal override bool TakesWaiting => true;

    private protected override DType Result(DType x) => x.Summed();

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Stretch(grad, node.Inputs[0].Shape).To(node.Inputs[0].DType)];

    private protected override Op Join => new AddOp();

    private protected override void Reduce(Reductions rows) => rows.Sum();
}

public static partial class TensorOps
{
    /// <summary>The sum along some dimensions, or of all elements if none is named.</summary>
    /// <param name="x">Numbers of any shape; truth values count as 0 and 1.</param>
    /// <param name="dims">The dimensions that disappear; all, if none is named. −1 is the last.</param>
    /// <returns>Along dimension 1, [2, 3] gives [2]; of whole numbers and truth values, int64.</returns>
    /// <example><code>
    /// Tensor x = [[1, 2], [3, 4]];
    /// Console.WriteLine(x.Sum().Item());      // → 10
    /// Console.WriteLine(x.Sum(1));
    /// // →  3
    /// // →  7
    /// // → [ int64 [2] ]
    /// Console.WriteLine(x.Sum([1], keepDim: true));
    /// // →  3
    /// // →  7
    /// // → [ int64 [2, 1] ]
    /// </code></example>
    public static Tensor Sum(this Tensor x, params ReadOnlySpan<int> dims) => new SumOp(dims).Apply(x);

    /// <summary>
    /// The sum along some dimensions, which stay with size 1 if asked; of another type if asked, to which the elements are converted first.
    /// </summary>
    /// <param name="x">Numbers of any shape; truth values count as 0 and 1.</param>
    /// <param name="dims">The dimensions along which is added; all, if the list is empty. −1 is the last.</param>
    /// <param name="keepDim">Whether these dimensions stay, with size 1, so that the result stretches to <paramref name="x"/> again.</param>
    /// <param name="dtype">The type of the result, if it shall be another.</param>
    public static Tensor Sum(this Tensor x, ReadOnlySpan<int> dims, bool keepDim, DType? dtype = null) => new SumOp(dims, keepDim).Apply(As(x, dtype));

    /// <summary>The sum of all elements, converted to a type first.</summary>
    /// <param name="x">Numbers of any shape; truth values count as 0 and 1.</param>
    /// <param name="dtype">The type of the result.</param>
    public static Tensor Sum(this Tensor x, DType dtype) => x.Sum([], keepDim: false, dtype);

    /// <summary>The sum in the type that is computed with.</summary>
    internal static Tensor WideSum(this Tensor x, ReadOnlySpan<int> dims, bool keepDim) =>
        new SumOp(dims, keepDim) { Widens = x.DType.Wide() != x.DType }.Apply(x);

    static Tensor As(Tensor x, DType? dtype)
    {
        ArgumentNullException.ThrowIfNull(x);
        return dtype is { } type ? x.To(type) : x;
    }

    /// <summary>Sums what broadcasting has stretched, back to a shape.</summary>
    internal static Tensor SumTo(this Tensor x, Shape shape)
    {
        if (x.Shape == shape) return x;
        Span<int> dims = stackalloc int[x.Rank];
        int extra = x.Rank - shape.Rank, count = 0;
        for (int d = 0; d < x.Rank; d++) if (d < extra || shape[d - extra] == 1 && x.Shape[d] != 1) dims[count++] = d;
        return new SumOp((ReadOnlySpan<int>)dims[..count], KeepDim: true).Apply(x).Reshape(shape);
    }
}
