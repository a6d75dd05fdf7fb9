using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Candeia;

/// <summary>
/// Holds the memory of tensors of this process while it is in use: <c>using var p = Pins.Of(x, weight); Kernel(p.At&lt;T&gt;(0),
/// p.At&lt;T&gt;(1));</c> Besides
/// <see cref="Runs"/> the only source of pointers and spans: without it, the garbage collector may give memory back that somebody still reads, also
/// where
/// another thread moves a tensor to other memory meanwhile.
/// </summary>
internal readonly unsafe ref struct Pins : IDisposable
{
    const int Most = 16;                                                     // operands
    readonly ReadOnlySpan<Tensor?> _tensors;
    readonly Each<Storage?> _memory;                                         // what they have at the beginning

    Pins(ReadOnlySpan<Tensor?> tensors)
    {
        if (tensors.Length > Most)
            throw new ArgumentOutOfRangeException(nameof(tensors), tensors.Length, $"At most {Most} tensors are held at once.");
        _tensors = tensors;
        for (int i = 0; i < tensors.Length; i++) _memory[i] = tensors[i]?.Storage;
    }

    /// <summary>Holds the memory of these tensors until the result is disposed of; where there is none, the address is null.</summary>
    public static Pins Of([UnscopedRef] params ReadOnlySpan<Tensor?> tensors) => new(tensors);

    /// <summary>The first element of one of them.</summary>
    public T* At<T>(int index) where T : unmanaged => _tensors[index] is { } tensor ? (T*)Memory(index).Address + tensor.Layout.Offset : null;

    /// <summary>One of them that is dense as a span: all elements in the order of the memory.</summary>
    public Span<T> Span<T>(int index) where T : unmanaged => new(At<T>(index), checked((int)_tensors[index]!.Numel));

    /// <summary>The same as bytes.</summary>
    public Span<byte> Bytes(int index) => Bytes(index, _tensors[index]!.Layout.Offset * Size(index), _tensors[index]!.Numel * Size(index));

    /// <summary>Bytes of the memory in which one of them lies.</summary>
    public Span<byte> Bytes(int index, long offset, long count) => Memory(index).Part(offset, count);

    /// <summary>The element at a place in the memory in which one of them lies, counted in elements.</summary>
    public byte* Element(int index, long position) => (byte*)Memory(index).Address + position * Size(index);

    /// <summary>Lets go of their memory.</summary>
    public void Dispose()
    {
        for (int i = 0; i < _tensors.Length; i++) GC.KeepAlive(_memory[i]);
    }

    int Size(int index) => _tensors[index]!.DType.Size();

    HostStorage Memory(int index) => (HostStorage)_memory[index]!;

    [InlineArray(Most)]
    struct Each<T>
    {
        T _of0;
    }
}
