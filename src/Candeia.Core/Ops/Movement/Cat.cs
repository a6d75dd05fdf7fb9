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
    /// <summary>
    /// Tensors one after the other along a dimension. Empty vectors [0] join anything, so that results can be gathered from nothing on.
    /// </summary>
    /// <param name="tensors">At least one tensor, with equal sizes but for the dimension along which they are joined.</param>
    /// <param name="dim">The dimension along which they stand one after the other; −1 is the last.</param>
    /// <returns>[2, 3] and [4, 3] along dimension 0 give [6, 3].</returns>
    /// <exception cref="ShapeException">They differ in another dimension.</exception>
    /// <exception cref="ArgumentException">There is no tensor.</exception>
    /// <example><code>
    /// Tensor a = [[1, 2]], b = [[3, 4], [5, 6]];
    /// Console.WriteLine(Tensor.Cat([a, b]));
    /// // →  1  2
    /// // →  3  4
    /// // →  5  6
    /// // → [ int64 [3, 2] ]
    /// </code></example>
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
