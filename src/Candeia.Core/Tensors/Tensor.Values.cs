using System.Runtime.InteropServices;

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

    /// <summary>Sets every element, in place.</summary>
    /// <exception cref="InvalidOperationException">This is a leaf that requires a gradient, or a view of one, and operations are recorded.</exception>
    public Tensor Fill(double value)
    {
        if (RequiresGrad && Autograd.Enabled) return Assign(Scalar(value, DType, Device));
        BeginWrite();
        if (Device == Device.Cpu && Layout.IsDense) FillDense(value);
        else CopyOp.Into(this, Scalar(value, DType));
        GC.KeepAlive(this);
        return this;
    }

    /// <summary>The only element of a tensor, as a number.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public double Item()
    {
        if (Numel != 1) throw new ShapeException($"Only a tensor with one element is a number; this one has the shape {Shape}.");
        double number = this.To(Device.Cpu).GetNumber(Device == Device.Cpu ? Layout.Offset : 0);
        GC.KeepAlive(this);
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

    internal unsafe double GetNumber(long position)
    {
        nint p = ((HostStorage)Storage).Address;
        return DType switch
        {
            DType.Float32 => ((float*)p)[position],
            DType.Float64 => ((double*)p)[position],
            DType.Int64 => ((long*)p)[position],
            DType.Int32 => ((int*)p)[position],
            _ => ((byte*)p)[position],
        };
    }

    internal unsafe void SetNumber(long position, double value)
    {
        nint p = ((HostStorage)Storage).Address;
        switch (DType)
        {
            case DType.Float32: ((float*)p)[position] = (float)value; break;
            case DType.Float64: ((double*)p)[position] = value; break;
            case DType.Int64: ((long*)p)[position] = (long)value; break;
            case DType.Int32: ((int*)p)[position] = (int)value; break;
            case DType.UInt8: ((byte*)p)[position] = (byte)value; break;
            default: ((byte*)p)[position] = value != 0 ? (byte)1 : (byte)0; break;
        }
    }

    void FillDense(double value)
    {
        switch (DType)
        {
            case DType.Float32: Span<float>().Fill((float)value); break;
            case DType.Float64: Span<double>().Fill(value); break;
            case DType.Int64: Span<long>().Fill((long)value); break;
            case DType.Int32: Span<int>().Fill((int)value); break;
            case DType.UInt8: Span<byte>().Fill((byte)value); break;
            default: Span<byte>().Fill(value != 0 ? (byte)1 : (byte)0); break;
        }
    }

    void Check<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != DType) throw new ArgumentException($"The elements are {DType}, not {DTypes.Of<T>()}; convert with To(DType.{DTypes.Of<T>()}).");
    }
}
