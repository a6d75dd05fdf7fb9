using System.Numerics;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Reads all elements, in row-major order; a tensor that is laid out otherwise, or elsewhere, is copied first.</summary>
    /// <exception cref="ArgumentException">The elements are of another type.</exception>
    public TResult Read<T, TResult>(Func<ReadOnlySpan<T>, TResult> read) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(read);
        Check<T>();
        var host = this.To(Device.Cpu).Contiguous();
        var result = read(host.Span<T>());
        GC.KeepAlive(host);
        return result;
    }

    /// <summary>A copy of all elements in row-major order, converted to <typeparamref name="T"/> where they are of another type.</summary>
    public T[] ToArray<T>() where T : unmanaged => this.To(DTypes.Of<T>()).Read((ReadOnlySpan<T> values) => values.ToArray());

    /// <summary>Writes elements in place, in row-major order; what was computed from the old values is not affected.</summary>
    /// <exception cref="InvalidOperationException">The tensor is a view with another order, or on another device: write with an index, or CopyFrom.</exception>
    public void Write<T>(Action<Span<T>> write) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(write);
        Check<T>();
        CheckWritable();
        BeginWrite();
        write(Span<T>());
        GC.KeepAlive(this);
    }

    /// <summary>Sets every element to a number, in place, exactly where the type holds it.</summary>
    /// <exception cref="InvalidOperationException">This is a leaf that requires a gradient, or a view of one, and operations are recorded.</exception>
    public Tensor Fill(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Numel != 1) throw new ShapeException($"A tensor is filled with one number, not with {value.Shape}; use CopyFrom.");
        return Assign(value.IsNumber ? value : value.Reshape([]));
    }

    /// <summary>The only element of a tensor, as a number. See <see cref="Item{T}"/> for whole numbers above 2⁵³ and for complex ones.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    /// <exception cref="ArgumentException">It is complex.</exception>
    public double Item() => DType.IsComplex() ? throw new ArgumentException($"A {DType} is no real number; read it with Item<Complex>().") : Item<double>();

    /// <summary>The only element of a tensor as a <typeparamref name="T"/>: exact where it fits, rounded where it does not, without its fraction as a whole number.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public unsafe T Item<T>() where T : INumberBase<T>
    {
        if (Numel != 1) throw new ShapeException($"Only a tensor with one element is a number; this one has the shape {Shape}.");
        var host = this.To(Device.Cpu);
        var number = Element.Read<T>(host.Address, DType);
        GC.KeepAlive(host);
        return number;
    }

    /// <summary>The memory as a span: of a dense tensor, all elements in the order of the memory.</summary>
    internal unsafe Span<T> Span<T>() where T : unmanaged => new(Pointer<T>(), checked((int)Numel));

    /// <summary>The first element.</summary>
    internal unsafe T* Pointer<T>() where T : unmanaged => (T*)((HostStorage)Storage).Address + Layout.Offset;

    /// <summary>The first byte of the first element.</summary>
    internal unsafe byte* Address => (byte*)((HostStorage)Storage).Address + Layout.Offset * DType.Size();

    /// <summary>The memory of a dense host tensor as bytes.</summary>
    internal unsafe Span<byte> Bytes => new(Address, checked((int)(Numel * DType.Size())));

    /// <summary>The element at a position in the memory.</summary>
    internal unsafe double GetNumber(long position) => GetNumber<double>(position);

    /// <summary>The element at a position in the memory.</summary>
    internal unsafe T GetNumber<T>(long position) where T : INumberBase<T> => Element.Read<T>((byte*)((HostStorage)Storage).Address + position * DType.Size(), DType);

    /// <summary>Sets the element at a position in the memory.</summary>
    internal unsafe void SetNumber<T>(long position, T value) where T : INumberBase<T> => Element.Write((byte*)((HostStorage)Storage).Address + position * DType.Size(), DType, value);

    /// <summary>Copies one element of a tensor of the same type to position <paramref name="to"/> of this row-major one.</summary>
    internal unsafe void SetNumberFrom(Tensor source, long from, long to)
    {
        int size = DType.Size();
        byte* p = (byte*)((HostStorage)source.Storage).Address + from * size, q = Address + to * size;
        for (int i = 0; i < size; i++) q[i] = p[i];
    }

    void Check<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != DType) throw new ArgumentException($"The elements are {DType}, not {DTypes.Of<T>()}; convert with To(DType.{DTypes.Of<T>()}).");
    }
}
