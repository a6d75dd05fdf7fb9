using System.Collections.Immutable;

namespace Candeia;

/// <summary>What a file says of one of its tensors.</summary>
/// <param name="Name">Its name, such as <c>conv1.weight</c>.</param>
/// <param name="Type">The type of its elements in the file: <c>float32</c>, or a name of the format where tensors cannot hold them.</param>
/// <param name="DType">The type of the tensor that is loaded; null where tensors cannot hold the elements.</param>
/// <param name="Shape">Its sizes; empty for a single number.</param>
/// <param name="Bytes">How many bytes its elements take in the file.</param>
public sealed record TensorEntry(string Name, string Type, DType? DType, ImmutableArray<long> Shape, long Bytes)
{
    /// <summary>How many elements it has.</summary>
    public long Numel => Shape.Aggregate(1L, (n, size) => n * size);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type} [{string.Join(", ", Shape)}]";
}
