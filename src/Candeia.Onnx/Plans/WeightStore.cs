namespace Candeia.Onnx;

/// <summary>The tensors of a model that are kept from run to run, by their names in the file.</summary>
/// <param name="Parameters">What is learnt.</param>
/// <param name="Buffers">What is kept and not learnt: running moments, and other fractions.</param>
/// <param name="Constants">Constants that the file's nodes hold, or that follow from them.</param>
internal sealed record WeightStore(OrderedDictionary<string, Tensor> Parameters, OrderedDictionary<string, Tensor> Buffers, OrderedDictionary<string, Tensor> Constants)
{
    public WeightStore() : this([], [], [])
    {
    }
}
