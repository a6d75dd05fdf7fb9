using System.Numerics;

namespace Candeia;

/// <content>Where the elements of a tensor of this process are. Whoever asks holds the tensor, with <see cref="Pins"/>.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>The memory as a span: of a dense tensor, all elements in the order of the memory.</summary>
    internal Span<T> Span<T>() where T : unmanaged => new(Pointer<T>(), checked((int)Numel));

    /// <summary>The first element.</summary>
    internal T* Pointer<T>() where T : unmanaged => (T*)((HostStorage)Storage).Address + Layout.Offset;

    /// <summary>The first byte of the first element.</summary>
    internal byte* Address => (byte*)((HostStorage)Storage).Address + Layout.Offset * DType.Size();

    /// <summary>The memory of a dense host tensor as bytes.</summary>
    internal Span<byte> Bytes => new(Address, checked((int)(Numel * DType.Size())));

    /// <summary>The element at a position in the memory.</summary>
    internal double GetNumber(long position) => GetNumber<double>(position);

    /// <summary>The element at a position in the memory.</summary>
    internal T GetNumber<T>(long position) where T : INumberBase<T> =>
        Element.Read<T>((byte*)((HostStorage)Storage).Address + position * DType.Size(), DType);

    /// <summary>Sets the element at a position in the memory.</summary>
    internal void SetNumber<T>(long position, T value) where T : INumberBase<T> =>
        Element.Write((byte*)((HostStorage)Storage).Address + position * DType.Size(), DType, value);

    /// <summary>Copies one element of a tensor of the same type to position <paramref name="to"/> of this row-major one.</summary>
    internal void SetNumberFrom(Tensor source, long from, long to)
    {
        int size = DType.Size();
        byte* p = (byte*)((HostStorage)source.Storage).Address + from * size, q = Address + to * size;
        for (int i = 0; i < size; i++) q[i] = p[i];
    }
}
