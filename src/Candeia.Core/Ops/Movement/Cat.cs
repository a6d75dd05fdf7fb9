namespace Candeia;

/// <summary>Tensors one after the other along a dimension.</summary>
public sealed record CatOp(int Dim) : Op
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var gradients = new Tensor?[node.Inputs.Length];
        for (int i = 0, start = 0; i < gradients.Length; i++)
        {
            int size = node.Inputs[i].Shape[Dim];
            if (node.Needs(i)) gradients[i] = grad.Narrow(Dim, start, size);
            start += size;
        }
        return gradients;
    }

    /// <summary>Applies the op to tensors that agree in all other dimensions.</summary>
    public Tensor Apply(Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Length == 0) throw new ArgumentException("Cat needs at least one tensor.");
        var first = tensors[0];
        if (Dim < 0 || Dim >= first.Rank) throw new ShapeException($"Tensors {first.Shape} cannot be joined along dimension {Dim}, which they do not have.");
        long size = 0;
        var dtype = tensors.Aggregate(first.DType, (type, t) => DTypes.Promote(type, t.DType));
        foreach (var t in tensors)
        {
            if (t.Rank != first.Rank || t.Rank == 0 || t.Shape.With(Dim, 1) != first.Shape.With(Dim, 1))
                throw new ShapeException($"Tensors {first.Shape} and {t.Shape} cannot be joined along dimension {Dim}: their other sizes must agree.");
            size += t.Shape[Dim];
        }
        if (size > int.MaxValue) throw new ShapeException($"{tensors.Length} tensors like {first.Shape} are {size} along dimension {Dim} together, more than a size can be.");
        return Run(first.Shape.With(Dim, (int)size), dtype, Array.ConvertAll(tensors, t => t.To(dtype)));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        int start = 0;
        foreach (var part in x)
        {
            CopyOp.Into(y.View(new SliceOp(Dim, start, part.Shape[Dim]).Of(y.Layout)), part);
            start += part.Shape[Dim];
        }
    }
}

public sealed partial class Tensor
{
    /// <summary>Tensors one after the other along a dimension. Empty vectors [0] join anything, so that results can be gathered from nothing on.</summary>
    /// <exception cref="ShapeException">They differ in another dimension.</exception>
    public static Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim = 0)
    {
        Tensor[] parts = tensors.ToArray();
        if (parts.Length == 0) throw new ArgumentException("Cat needs at least one tensor.");
        if (Array.Find(parts, t => t.Shape != [0]) is { Rank: not 1 })
        {
            var dtype = parts.Aggregate(parts[0].DType, (type, t) => DTypes.Promote(type, t.DType));
            parts = [.. parts.Where(t => t.Shape != [0]).Select(t => t.To(dtype))];
        }
        return new CatOp(parts[0].Shape.Dim(dim)).Apply(parts);
    }
}
