using System.Diagnostics.CodeAnalysis;

namespace Candeia;

/// <summary>
/// Holds tensors of this process while their memory is in use: <c>using var p = Pins.Of(x, weight); Kernel(p.At&lt;T&gt;(0), p.At&lt;T&gt;(1));</c> Besides
/// <see cref="Runs"/> the only source of pointers and spans: without it, the garbage collector may give memory back that somebody still reads.
/// </summary>
internal readonly unsafe ref struct Pins : IDisposable
{
    readonly ReadOnlySpan<Tensor?> _tensors;

    Pins(ReadOnlySpan<Tensor?> tensors) => _tensors = tensors;

    /// <summary>Holds these tensors until the result is disposed of; where there is none, the address is null.</summary>
    public static Pins Of([UnscopedRef] params ReadOnlySpan<Tensor?> tensors) => new(tensors);

    /// <summary>The first element of one of them.</summary>
    public T* At<T>(int index) where T : unmanaged => _tensors[index] is { } tensor ? (T*)Memory(tensor).Address + tensor.Layout.Offset : null;

    /// <summary>One of them that is dense as a span: all elements in the order of the memory.</summary>
    public Span<T> Span<T>(int index) where T : unmanaged => new(At<T>(index), checked((int)_tensors[index]!.Numel));

    /// <summary>The same as bytes.</summary>
    public Span<byte> Bytes(int index) => Bytes(index, _tensors[index]!.Layout.Offset * Size(index), _tensors[index]!.Numel * Size(index));

    /// <summary>Bytes of the memory in which one of them lies.</summary>
    public Span<byte> Bytes(int index, long offset, long count) => Memory(_tensors[index]!).Part(offset, count);

    /// <summary>The element at a place in the memory in which one of them lies, counted in elements.</summary>
    public byte* Element(int index, long position) => (byte*)Memory(_tensors[index]!).Address + position * Size(index);

    /// <summary>Lets go of them.</summary>
    public void Dispose() => Hold(_tensors);

    /// <summary>Holds tensors until here.</summary>
    public static void Hold(ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var tensor in tensors) GC.KeepAlive(tensor);
    }

    int Size(int index) => _tensors[index]!.DType.Size();

    static HostStorage Memory(Tensor tensor) => (HostStorage)tensor.Storage;
}
