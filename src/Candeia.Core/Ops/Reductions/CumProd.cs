namespace Candeia;

/// <summary>Running products along a dimension. Whole numbers and truth values give int64.</summary>
/// <param name="Dim">The dimension.</param>
public sealed record CumProdOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>
    /// Up to a line's first zero, each element's part is what follows, divided by it; that zero's own is the product without it; behind it nothing counts.
    /// </summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor x = node.Inputs[0], zero = x.Eq(0), zeros = zero.Cumsum(Dim), first = zero & zeros.Eq(1);
        var without = first.Where(1, x).CumProd(Dim);
        var before = Following(grad * node.Output.Conj()) / zero.Where(1, x).Conj();
        return [first.Where(Following(grad * without.Conj()), zeros.Eq(0).Where(before, 0)).To(x.DType)];
    }

    /// <summary>The sums of an element and all behind it.</summary>
    Tensor Following(Tensor x) => x.Flip(Dim).Cumsum(Dim).Flip(Dim);

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = x.Shape.Dim(Dim);
        var dtype = x.DType.Summed();
        return Run(x.Shape, dtype, x.To(dtype));
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Beside(Dim, x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => LineCalls.Product(x[0], x[0].Shape.Dim(Dim), outputs[0]);
}

/// <summary>log Σ eˣ of an element and all before it along a dimension, without overflow.</summary>
/// <param name="Dim">The dimension.</param>
public sealed record LogCumSumExpOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>e^(x − y)·gradient of all y behind, as logarithms: what is positive and what is negative apart.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor x = node.Inputs[0], y = node.Output;
        return [Share(grad) - Share(-grad)];

        Tensor Share(Tensor part)
        {
            var counts = part > 0;
            var log = counts.Where(counts.Where(part, 1).Log() - y, double.NegativeInfinity);
            return (log.Flip(Dim).LogCumSumExp(Dim).Flip(Dim) + x).Exp();
        }
    }

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = x.Shape.Dim(Dim);
        x = x.To(Real(x.DType).Fractional());
        return Run(x.Shape, x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => LineCalls.LogSumExp(x[0], x[0].Shape.Dim(Dim), outputs[0]);
}

/// <summary>The largest (or smallest) element so far along a dimension, and where it stands: of equals the last, and not-a-number counts as both.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="Smallest">Whether the smallest.</param>
public sealed record CumMaxOp(int Dim, bool Smallest = false) : OrderOp(Dim)
{
    /// <summary>Applies the op.</summary>
    public (Tensor Values, Tensor Indices) Apply(Tensor x)
    {
        _ = Size(x);
        return Run(x, x.Shape);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        LineCalls.Records(x[0], Dim, Smallest, outputs[1]);
        IndexCalls.Read(x[0], Dim, outputs[1], outputs[0]);
    }
}

public static partial class TensorOps
{
    /// <summary>Running products along a dimension; of another type if asked, to which the elements are converted first.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <param name="dtype">The type to which the elements are converted first; their own, or int64 of whole numbers, if none is named.</param>
    /// <example><code>Tensor x = [1, 2, 3]; var y = x.CumProd(0);                       // [1, 2, 6]</code></example>
    public static Tensor CumProd(this Tensor x, int dim, DType? dtype = null)
    {
        x = As(x, dtype);
        return new CumProdOp(x.Shape.Dim(dim)).Apply(x);
    }

    /// <summary>log Σ eˣ of an element and all before it along a dimension, without overflow.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <exception cref="ArgumentException">The elements are complex.</exception>
    /// <example><code>Tensor x = [0.0, 0]; var y = x.LogCumSumExp(0);                   // [0, 0.6931]</code></example>
    public static Tensor LogCumSumExp(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new LogCumSumExpOp(x.Shape.Dim(dim)).Apply(x);
    }

    /// <summary>The largest element so far along a dimension, and where it stands: of equals the last.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <exception cref="ArgumentException">The elements are complex.</exception>
    /// <example><code>Tensor x = [1, 3, 2]; var (y, at) = x.CumMax(0);                  // [1, 3, 3] and [0, 1, 1]</code></example>
    public static (Tensor Values, Tensor Indices) CumMax(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new CumMaxOp(x.Shape.Dim(dim)).Apply(x);
    }

    /// <summary>The smallest element so far along a dimension, and where it stands: of equals the last.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <exception cref="ArgumentException">The elements are complex.</exception>
    /// <example><code>Tensor x = [3, 1, 2]; var (y, at) = x.CumMin(0);                  // [3, 1, 1] and [0, 1, 1]</code></example>
    public static (Tensor Values, Tensor Indices) CumMin(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new CumMaxOp(x.Shape.Dim(dim), Smallest: true).Apply(x);
    }
}
