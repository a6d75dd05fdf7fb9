using System.Diagnostics.CodeAnalysis;

namespace Candeia;

/// <summary>
/// Holds tensors while their addresses are in use: <c>using var p = Pins.Of(x, weight); Kernel(p.At&lt;T&gt;(0), p.At&lt;T&gt;(1));</c> The only source of pointers:
/// without it, the garbage collector may give memory back that a kernel still reads.
/// </summary>
internal readonly unsafe ref struct Pins : IDisposable
{
    readonly ReadOnlySpan<Tensor?> _tensors;

    Pins(ReadOnlySpan<Tensor?> tensors) => _tensors = tensors;

    /// <summary>Holds these tensors until the result is disposed of; where there is none, the address is null.</summary>
    public static Pins Of([UnscopedRef] params ReadOnlySpan<Tensor?> tensors) => new(tensors);

    /// <summary>The first element of one of them.</summary>
    public T* At<T>(int index) where T : unmanaged => _tensors[index] is { } tensor ? tensor.Pointer<T>() : null;

    /// <summary>Lets go of them.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors) GC.KeepAlive(tensor);
    }
}
