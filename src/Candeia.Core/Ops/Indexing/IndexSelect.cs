namespace Candeia;

/// <summary>Parts of a dimension, chosen by an int64 vector; they may repeat.</summary>
public sealed record IndexSelectOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the index is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new IndexAddOp(Dim, node.Inputs[0].Shape[Dim]).Apply(node.Inputs[1], grad), null];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(index);
        return Run(x.Shape.With(Dim, checked((int)index.Numel)), x.DType, x, index.To(DType.Int64));
    }

    /// <inheritdoc/>
    protected internal override unsafe void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        var input = x[0].Contiguous();
        var index = x[1].Contiguous();
        int n = input.Shape[Dim], size = y.DType.Size();
        long count = index.Numel, inner = input.Shape.Slice(Dim + 1, input.Rank - Dim - 1).Numel * size;
        Check(index.Span<long>(), n);
        byte* from = input.Address, to = y.Address;
        long* at = index.Pointer<long>();
        long outer = inner == 0 ? 0 : input.Numel * size / Math.Max(1, n * inner);
        for (long o = 0; o < outer; o++)
            for (long i = 0; i < count; i++)
                Buffer.MemoryCopy(from + (o * n + (at[i] < 0 ? at[i] + n : at[i])) * inner, to + (o * count + i) * inner, inner, inner);
        GC.KeepAlive(input);
        GC.KeepAlive(index);
    }

    internal static void Check(ReadOnlySpan<long> index, int size)
    {
        foreach (long i in index)
            if (i < -size || i >= size) throw new ArgumentOutOfRangeException(nameof(index), $"Index {i} is not within a dimension of size {size}.");
    }
}

/// <summary>Zeros, to whose parts along a dimension the parts of the input are added.</summary>
public sealed record IndexAddOp(int Dim, int Size) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the index is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 0;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [null, new IndexSelectOp(Dim).Apply(grad, node.Inputs[0])];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor index, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Shape.With(Dim, Size), x.DType, index, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        y.Fill(0);
        var index = x[0].Contiguous().Span<long>();
        IndexSelectOp.Check(index, Size);
        for (int i = 0; i < index.Length; i++)
        {
            var part = y.View(new SliceOp(Dim, (int)(index[i] < 0 ? index[i] + Size : index[i]), 1).Of(y.Layout));
            AddOp.Into(part, x[1].View(new SliceOp(Dim, i, 1).Of(x[1].Layout)));
        }
    }
}

public static partial class TensorOps
{
    /// <summary>Parts of a dimension, chosen by an integer vector; they may repeat.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the dimension.</exception>
    public static Tensor IndexSelect(this Tensor x, int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new IndexSelectOp(x.Shape.Dim(dim)).Apply(x, index);
    }
}
