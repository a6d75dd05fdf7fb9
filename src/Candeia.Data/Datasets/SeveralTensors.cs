namespace Candeia.Data;

/// <summary>Tensors that are in memory already: item i is the i-th part of each.</summary>
internal sealed class SeveralTensors : Dataset<Tensor[]>
{
    readonly Tensor[] _tensors;

    public SeveralTensors(Tensor[] tensors)
    {
        if (tensors.Length == 0) throw new ArgumentException("A data set of tensors needs at least one.", nameof(tensors));
        if (tensors.Any(t => t.Rank == 0 || t.Shape[0] != tensors[0].Shape[0]))
            throw new ShapeException($"Tensors whose parts belong together need the same first size, not {string.Join(", ", tensors.Select(t => t.Shape))}.");
        _tensors = tensors;
    }

    public override int Count => _tensors[0].Shape[0];

    public override Tensor[] this[int index] => Array.ConvertAll(_tensors, t => t[index]);

    protected internal override IBatch TryBatch(ReadOnlySpan<int> indices)
    {
        var at = Tensor.From(indices);
        return Collate.Of(Array.ConvertAll(_tensors, t => t.IndexSelect(0, at.To(t.Device))), indices.Length);
    }
}
