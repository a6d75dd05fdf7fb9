namespace Candeia.Onnx;

/// <summary>The tensors of a model that are kept from run to run, by their names in the file.</summary>
internal sealed class WeightStore
{
    /// <summary>What is learnt.</summary>
    public OrderedDictionary<string, Tensor> Parameters { get; } = [];

    /// <summary>What is kept and not learnt: running moments, and other fractions.</summary>
    public OrderedDictionary<string, Tensor> Buffers { get; } = [];

    /// <summary>Constants that the file's nodes hold, or that follow from them.</summary>
    public OrderedDictionary<string, Tensor> Constants { get; } = [];
}
