using System.Collections.Immutable;

namespace Candeia.Onnx;

/// <summary>An input or output of a model, as its file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">The type of its elements in tensors; null where the file does not say, or tensors have none such.</param>
/// <param name="Dims">Its sizes: numbers, or names of what is free, such as <c>batch</c>, or <c>?</c>; default where the file does not say how many there are.</param>
public sealed record OnnxValue(string Name, DType? DType, ImmutableArray<string> Dims)
{
    internal static OnnxValue Of(ValueMessage value) => new(value.Name, value.Type.Held(),
        value.Dims is null ? default : [.. value.Dims.Select(d => d.Size is { } n and > 0 ? $"{n}" : d.Name.Length > 0 ? d.Name : "?")]);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(DType is { } dtype ? dtype.Name() : "?")} {(Dims.IsDefault ? "[…]" : $"[{string.Join(", ", Dims)}]")}";
}
