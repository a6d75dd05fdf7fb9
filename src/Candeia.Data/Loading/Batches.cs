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

    /// <summary>The batch on a device; this one, if it is there.</summary>
    public static TBatch To<TBatch>(this TBatch batch, Device device) where TBatch : IBatch =>
        batch.Tensors().All(t => t.Device == device) ? batch : (TBatch)batch.Map(t => t.To(device));
}
