namespace Candeia.Data;

/// <summary>What every batch can do.</summary>
public static class Batches
{
    /// <summary>All tensors of a batch.</summary>
    public static IReadOnlyList<Tensor> Tensors(this IBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        List<Tensor> tensors = [];
        batch.Map(tensor =>
        {
            tensors.Add(tensor);
            return tensor;
        });
        return tensors;
    }

    /// <summary>Some rows of every tensor.</summary>
    internal static IBatch Rows(this IBatch batch, int from, int count)
    {
        int size = batch.Size;
        var part = batch.Map(tensor => tensor.Rank > 0 && tensor.Shape[0] == size ? tensor[from..(from + count)] : throw new ShapeException(
            $"A batch of {size} items has a tensor {tensor.Shape} whose first dimension does not count them, so it cannot be divided. Put the items first, or let {batch.GetType().Name} say what its {nameof(IBatch.Part)} is."));
        return part.Size == count ? part : throw new InvalidOperationException(
            $"{count} items of a {batch.GetType().Name} have the size {part.Size}. Let its Size follow from its tensors, or let it say what its {nameof(IBatch.Part)} is.");
    }

    /// <summary>The batch on a device; this one, if it is there.</summary>
    public static TBatch To<TBatch>(this TBatch batch, Device device) where TBatch : IBatch =>
        batch.Tensors().All(t => t.Device == device) ? batch : (TBatch)batch.Map(t => t.To(device));
}
