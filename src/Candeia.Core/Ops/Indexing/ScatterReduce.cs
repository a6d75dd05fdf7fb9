namespace Candeia;

/// <summary>What becomes of values that come to one place.</summary>
public enum ScatterReduction
{
    /// <summary>Their sum.</summary>
    Sum,
    /// <summary>Their product.</summary>
    Prod,
    /// <summary>Their mean; of whole numbers rounded down.</summary>
    Mean,
    /// <summary>The largest.</summary>
    Amax,
    /// <summary>The smallest.</summary>
    Amin,
}

/// <summary>A copy in which what comes to one place is reduced: y[i, index[i, j]] and source[i, j] for dimension 1. Inputs: x, the index, the source.</summary>
/// <param name="Dim">The dimension of which the index speaks.</param>
/// <param name="Reduction">What becomes of values that come to one place.</param>
/// <param name="IncludeSelf">Whether what stood there counts too.</param>
public sealed record ScatterReduceOp(int Dim, ScatterReduction Reduction, bool IncludeSelf = true) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Reduction == ScatterReduction.Sum || Reduction == ScatterReduction.Mean ? Keeps.Inputs : Keeps.Inputs | Keeps.Output;

    /// <summary>Sums and means read the index alone again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1 || Reduction is not (ScatterReduction.Sum or ScatterReduction.Mean);

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor x = node.Inputs[0], index = node.Inputs[1], source = node.Inputs[2], y = node.Output;
        var (ofX, ofSource) = Reduction switch
        {
            ScatterReduction.Sum => (grad, grad.Gather(Dim, index)),
            ScatterReduction.Mean => grad / Counts(index, grad).Clamp(min: 1) is var each ? (each, each.Gather(Dim, index)) : default,
            ScatterReduction.Prod => OfProduct(x, index, source, y, grad),
            _ => OfExtreme(x, index, source, y, grad),
        };
        if (!IncludeSelf) ofX = ofX.Scatter(Dim, index, 0);
        return [node.Needs(0) ? ofX : null, null, node.Needs(2) ? ofSource : null];
    }

    /// <summary>How many values come to each place.</summary>
    Tensor Counts(Tensor index, Tensor like) => new ScatterAddOp(Dim).Apply(
        Tensor.Scalar(IncludeSelf ? 1 : 0, like.DType, like.Device).Expand(like.Shape), index, Tensor.Scalar(1, like.DType, like.Device).Expand(index.Shape));

    /// <summary>The product of all others, also where one is 0.</summary>
    (Tensor, Tensor) OfProduct(Tensor x, Tensor index, Tensor source, Tensor y, Tensor grad)
    {
        Tensor xZero = x.Eq(0), filled = xZero.Where(1, x), zero = source.Eq(0);
        var ofX = grad * Apply(filled, index, source) / filled;
        var zeros = new ScatterAddOp(Dim).Apply(Tensor.Scalar(0, grad.DType, grad.Device).Expand(x.Shape), index, zero.To(grad.DType)).Gather(Dim, index);
        var only = zero & zeros.Eq(1);
        Tensor without = (grad * Apply(x, index, only.Where(1, source))).Gather(Dim, index), with = (grad * y).Gather(Dim, index) / zero.Where(1, source);
        return (ofX, only.Where(without, with));
    }

    /// <summary>Equal ones share the gradient.</summary>
    (Tensor, Tensor) OfExtreme(Tensor x, Tensor index, Tensor source, Tensor y, Tensor grad)
    {
        Tensor self = x.Eq(y).To(grad.DType), mine = source.Eq(y.Gather(Dim, index)).To(grad.DType);
        if (!IncludeSelf) self = self.Scatter(Dim, index, 0);
        var each = grad / new ScatterAddOp(Dim).Apply(self, index, mine).Clamp(min: 1);
        return (self * each, mine * each.Gather(Dim, index));
    }

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The index does not fit the tensor, or the source is smaller than the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    public Tensor Apply(Tensor x, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(x);
        _ = Real(x.DType);
        if (x.DType == DType.Bool) throw new ArgumentException("ScatterReduce takes numbers, not truth values; convert with To(dtype).");
        var positions = GatherOp.Positions(index);
        return Run(x.Shape, x.DType, x, positions, ScatterOp.Fit(Dim, x, index, source));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        Tensor y = outputs[0], index = x[1];
        CopyOp.Into(y, x[0]);
        if (!IncludeSelf) IndexCalls.Write(y, Dim, index, Start(y.DType).Expand(index.Shape));
        IndexCalls.Meet(y, Dim, index, x[2], Reduction);
        if (Reduction != ScatterReduction.Mean) return;
        using var noGrad = Autograd.NoGrad();
        var counts = Counts(index, y).Clamp(min: 1);
        CopyOp.Into(y, y.DType.HasGradients() ? y / counts : y.FloorDivide(counts));
    }

    /// <summary>What changes nothing.</summary>
    Tensor Start(DType dtype) => Reduction switch
    {
        ScatterReduction.Prod => Tensor.Scalar(1, dtype),
        ScatterReduction.Amax => Tensor.Scalar(dtype.HasGradients() ? double.NegativeInfinity : Iinfo.Of(dtype).Min, dtype),
        ScatterReduction.Amin => Tensor.Scalar(dtype.HasGradients() ? double.PositiveInfinity : Iinfo.Of(dtype).Max, dtype),
        _ => Tensor.Scalar(0, dtype),
    };
}

public static partial class TensorOps
{
    /// <summary>A copy in which what comes to one place is reduced: y[i, index[i, j]] and source[i, j] for dimension 1, and so for any other.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="dim">The dimension of which the index speaks.</param>
    /// <param name="index">Whole numbers from 0 on, of as many dimensions as <paramref name="x"/>.</param>
    /// <param name="source">The values, in the shape of the index or larger.</param>
    /// <param name="reduction">What becomes of values that come to one place.</param>
    /// <param name="includeSelf">Whether what stood there counts too.</param>
    /// <exception cref="ShapeException">The index does not fit the tensor, or the source is smaller than the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ArgumentException">The elements are of another type than those of <paramref name="x"/>.</exception>
    /// <example><code>Tensor x = [1, 2], at = [0, 0, 1]; var y = x.ScatterReduce(0, at, [5, 3, 4], ScatterReduction.Amax);  // [5, 4]</code></example>
    public static Tensor ScatterReduce(this Tensor x, int dim, Tensor index, Tensor source, ScatterReduction reduction, bool includeSelf = true)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        return new ScatterReduceOp(x.Shape.Dim(dim), reduction, includeSelf).Apply(x, index, Everywhere(source, x, index.Shape, nameof(ScatterReduce)));
    }

    /// <summary>A copy in which the parts of a dimension that a vector names are reduced with parts of another tensor.</summary>
    /// <param name="x">The tensor that is copied.</param>
    /// <param name="dim">The dimension.</param>
    /// <param name="index">Whole numbers from 0 on, one for each part of <paramref name="source"/>; they may repeat.</param>
    /// <param name="source">The parts, in the shape of <paramref name="x"/> but for their number.</param>
    /// <param name="reduction">What becomes of values that come to one place.</param>
    /// <param name="includeSelf">Whether what stood there counts too.</param>
    /// <exception cref="ShapeException">The parts do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist.</exception>
    /// <exception cref="ArgumentException">The elements are of another type than those of <paramref name="x"/>.</exception>
    /// <example><code>Tensor x = [1, 2], at = [1, 1]; var y = x.IndexReduce(0, at, [3, 4], ScatterReduction.Prod);  // [1, 24]</code></example>
    public static Tensor IndexReduce(this Tensor x, int dim, Tensor index, Tensor source, ScatterReduction reduction, bool includeSelf = true)
    {
        var (d, positions) = Parts(x, dim, index, source, nameof(IndexReduce));
        return new ScatterReduceOp(d, reduction, includeSelf).Apply(x, positions, source);
    }
}
