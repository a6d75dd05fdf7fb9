using System.Collections.Immutable;

namespace Candeia;

/// <summary>A tensor in one of PyTorch's files: how it lies in the numbers of the file, which are read when it is loaded.</summary>
public sealed class PyTorchTensor
{
    readonly long[] _shape, _strides;

    PyTorchTensor(PyTorchStorage storage, PyTorchType type, long[] shape, long[] strides, long offset) =>
        (Storage, Type, _shape, _strides, Offset) = (storage, type, shape, strides, offset);

    /// <summary>The name of the type of its elements in PyTorch: <c>float32</c>, <c>uint16</c>, <c>float8_e4m3fn</c>.</summary>
    public string TypeName => Type.Name;

    /// <summary>The type that <see cref="PyTorchFile.Load(PyTorchTensor)"/> gives; null where tensors cannot hold the elements.</summary>
    public DType? DType => Type.Held;

    /// <summary>The sizes of the dimensions.</summary>
    public ImmutableArray<long> Shape => [.. _shape];

    /// <summary>The distances between neighbours of each dimension in the storage, in elements.</summary>
    public ImmutableArray<long> Strides => [.. _strides];

    /// <summary>The position of the first element in the storage.</summary>
    public long Offset { get; }

    /// <summary>Whether it is to be trained.</summary>
    public bool RequiresGrad { get; internal init; }

    internal PyTorchStorage Storage { get; }

    internal PyTorchType Type { get; }

    /// <summary>Whether the numbers in the file are the conjugates, or the negatives, of those of the tensor.</summary>
    internal bool IsConjugate { get; init; }

    internal bool IsNegative { get; init; }

    /// <summary>How many elements it has.</summary>
    internal long Numel => _shape.Aggregate(1L, (n, size) => n * size);

    /// <summary>How many bytes its elements take where none is repeated.</summary>
    internal long Bytes => Numel * Type.Size;

    /// <summary>What a file says of a tensor; null where that is impossible: sizes that overflow, elements outside of the storage.</summary>
    internal static PyTorchTensor? Of(PyTorchStorage storage, PyTorchType type, object? offset, object? shape, object? strides, bool requiresGrad, bool isConjugate = false, bool isNegative = false)
    {
        if (Numbers(shape) is not { } sizes || Numbers(strides) is not { } steps || sizes.Length != steps.Length || sizes.Length > 64 || offset is not long first || first < 0) return null;
        Int128 last = first, numel = 1;
        bool isEmpty = sizes.Contains(0);
        for (int d = 0; d < sizes.Length; d++)
        {
            if (sizes[d] < 0 || sizes[d] > int.MaxValue || steps[d] < 0) return null;
            last += (sizes[d] - 1) * (Int128)steps[d];
            numel *= isEmpty ? 0 : sizes[d];
            if (numel > long.MaxValue / 16) return null;
        }
        long elements = storage.Count * storage.Type.Size / type.Size;
        if (isEmpty ? first > elements : last >= elements) return null;
        return new(storage, type, sizes, steps, first) { RequiresGrad = requiresGrad, IsConjugate = isConjugate, IsNegative = isNegative };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type.Name} [{string.Join(", ", _shape)}]";

    static long[]? Numbers(object? tuple)
    {
        if (tuple is not object?[] items) return null;
        long[] numbers = new long[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i] is not long number) return null;
            numbers[i] = number;
        }
        return numbers;
    }
}
