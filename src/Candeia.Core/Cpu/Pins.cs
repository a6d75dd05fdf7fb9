using System.Diagnostics.CodeAnalysis;

namespace Candeia;

/// <summary>
/// Holds tensors of this process while their memory is in use: <c>using var p = Pins.Of(x, weight); Kernel(p.At&lt;T&gt;(0), p.At&lt;T&gt;(1));</c> The only
/// source of pointers and spans: without it, the garbage collector may give memory back that somebody still reads.
/// </summary>
internal readonly unsafe ref struct Pins : IDisposable
{
    readonly ReadOnlySpan<Tensor?> _tensors;

    Pins(ReadOnlySpan<Tensor?> tensors) => _tensors = tensors;

    /// <summary>Holds these tensors until the result is disposed of; where there is none, the address is null.</summary>
    public static Pins Of([UnscopedRef] params ReadOnlySpan<Tensor?> tensors) => new(tensors);

    /// <summary>The first element of one of them.</summary>
    public T* At<T>(int index) where T : unmanaged => _tensors[index] is { } tensor ? tensor.Pointer<T>() : null;

    /// <summary>The memory of a dense one: all elements in its order.</summary>
    public Span<T> Span<T>(int index) where T : unmanaged => new(At<T>(index), checked((int)_tensors[index]!.Numel));

    /// <summary>The same as bytes.</summary>
    public Span<byte> Bytes(int index) => _tensors[index]!.Bytes;

    /// <summary>Lets go of them.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors) GC.KeepAlive(tensor);
    }
}
