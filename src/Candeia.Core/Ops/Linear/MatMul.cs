namespace Candeia;

/// <summary>The matrix product of the last two dimensions, for every index of the others: […, m, k] · […, k, n] → […, m, n].</summary>
public sealed record MatMulOp : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor a = node.Inputs[0], b = node.Inputs[1];
        return
        [
            node.Needs(0) ? Apply(grad, b.Transpose(-1, -2)).SumTo(a.Shape) : null,
            node.Needs(1) ? Apply(a.Transpose(-1, -2), grad).SumTo(b.Shape) : null,
        ];
    }

    /// <summary>Applies the op to two tensors of at least two dimensions, whose leading dimensions broadcast.</summary>
    public Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.DType != b.DType) throw new ArgumentException($"MatMul needs one element type, not {a.DType} and {b.DType}; convert with To().");
        if (a.Shape[^1] != b.Shape[^2])
            throw new ShapeException($"MatMul of {a.Shape} and {b.Shape}: the last size of the first ({a.Shape[^1]}) must equal the last but one of the second ({b.Shape[^2]}).");
        var batch = Shape.Broadcast(a.Shape.Slice(0, a.Rank - 2), b.Shape.Slice(0, b.Rank - 2));
        return Run(Shape.Create([.. batch.Sizes, a.Shape[^2], b.Shape[^1]]), a.DType, a, b);
    }

    /// <inheritdoc/>
    protected internal override unsafe void Compute(ReadOnlySpan<Tensor> x, Tensor y, Tensor? saved)
    {
        // A plain product until the blocked kernel takes over.
        Tensor a = x[0], b = x[1];
        int m = y.Shape[^2], n = y.Shape[^1], k = a.Shape[^1];
        var batch = y.Shape.Slice(0, y.Rank - 2);
        Tensor ea = a.Expand([.. batch, m, k]), eb = b.Expand([.. batch, k, n]);
        long count = batch.Numel;
        for (long i = 0; i < count; i++)
        {
            long ao = ea.Layout.Offset, bo = eb.Layout.Offset, rest = i;
            for (int d = batch.Rank - 1; d >= 0; rest /= batch[d--]) (ao, bo) = (ao + rest % batch[d] * ea.Layout.Strides[d], bo + rest % batch[d] * eb.Layout.Strides[d]);
            for (int r = 0; r < m; r++)
                for (int c = 0; c < n; c++)
                {
                    double sum = 0;
                    for (int j = 0; j < k; j++) sum += ea.GetNumber(ao + r * ea.Layout.Strides[^2] + j * ea.Layout.Strides[^1]) * eb.GetNumber(bo + j * eb.Layout.Strides[^2] + c * eb.Layout.Strides[^1]);
                    y.SetNumber((i * m + r) * n + c, sum);
                }
        }
    }
}

public static partial class TensorOps
{
    /// <summary>The matrix product; vectors count as a row on the left and a column on the right, and leading dimensions broadcast.</summary>
    /// <exception cref="ShapeException">The inner sizes differ.</exception>
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
