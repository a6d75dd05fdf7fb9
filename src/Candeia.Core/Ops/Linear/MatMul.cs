using Candeia.Kernels;

namespace Candeia;

/// <summary>The matrix product of the last two dimensions, for every index of the others: […, m, k] · […, k, n] → […, m, n].</summary>
public sealed record MatMulOp : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>A factor is read only for the other's gradient.</summary>
    protected internal override bool KeepsInput(Node node, int input)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Needs(1 - input);
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor a = node.Inputs[0], b = node.Inputs[1];
        return
        [
            node.Needs(0) ? Apply(grad, b.Transpose(-1, -2).Conj()).SumTo(a.Shape) : null,
            node.Needs(1) ? Apply(a.Transpose(-1, -2).Conj(), grad).SumTo(b.Shape) : null,
        ];
    }

    /// <summary>Applies the op to two tensors of at least two dimensions, whose leading dimensions broadcast.</summary>
    public Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        TensorOps.Alike(a, b, "MatMul");
        if (a.DType == DType.Bool) throw new ArgumentException("MatMul needs numbers, not truth values; convert with To(dtype).");
        if (a.Shape[^1] != b.Shape[^2])
            throw new ShapeException($"MatMul of {a.Shape} and {b.Shape}: the last size of the first ({a.Shape[^1]}) must equal the last but one of the second ({b.Shape[^2]}).");
        var batch = Shape.Broadcast(a.Shape.Slice(0, a.Rank - 2), b.Shape.Slice(0, b.Rank - 2));
        return Run(Shape.Create([.. batch.Sizes, a.Shape[^2], b.Shape[^1]]), a.DType, a, b);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => y.Numel * x[0].Shape[^1];

    /// <summary>
    /// One row of the first factor after the other; or, where the second is large too, the products of a column of the first and a row of the
    /// second are
    /// added up. Of many matrices one after the other.
    /// </summary>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        if (y[0].Rank > 2) return new([Many(x[0], y[0]), Many(x[1], y[0])], [0]);
        return x[1].Numel > Cut.Most && x[1].Numel > y[0].Numel ? new([1, 0], [Cut.Whole]) { Join = new AddOp() } : Cut.Rows(x, y, inputs: 1);

        static int Many(Tensor factor, Tensor y) => factor.Rank == y.Rank && factor.Shape[0] == y.Shape[0] ? 0 : Cut.Whole;
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => MatMulCalls.Run(x[0], x[1], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>The matrix product; vectors count as a row on the left and a column on the right, and leading dimensions broadcast.</summary>
    /// <param name="a">[…, n, k], or a vector [k].</param>
    /// <param name="b">[…, k, m], or a vector [k].</param>
    /// <returns>[…, n, m]; of a vector and a matrix a vector, of two vectors a number.</returns>
    /// <exception cref="ShapeException">The inner sizes differ.</exception>
    /// <exception cref="ArgumentException">The element types differ, or are truth values.</exception>
    /// <example><code>
    /// Tensor a = [[1, 2], [3, 4]], b = [[0, 1], [1, 0]];
    /// Console.WriteLine(a.MatMul(b));
    /// // →  2  1
    /// // →  4  3
    /// // → [ int64 [2, 2] ]
    /// </code></example>
    public static Tensor MatMul(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Rank == 0 || b.Rank == 0) throw new ShapeException($"MatMul needs vectors or matrices, not {a.Shape} and {b.Shape}.");
        if (a.Rank == 1) return a.Unsqueeze(0).MatMul(b).Squeeze(b.Rank == 1 ? 0 : -2);
        if (b.Rank == 1) return a.MatMul(b.Unsqueeze(1)).Squeeze(-1);
        return new MatMulOp().Apply(a, b);
    }
}
