using System.Runtime.InteropServices;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>
    /// A tensor whose elements lie in memory of others, which it keeps from being freed: a file that is mapped, memory of another library. Nothing is
    /// copied, and what is written to the tensor is written there: map files copy-on-write.
    /// </summary>
    /// <param name="buffer">The memory, which must be writable.</param>
    /// <param name="shape">The sizes; the elements follow each other in row-major order.</param>
    /// <param name="dtype">Their type; truth values must be 0 or 1.</param>
    /// <param name="byteOffset">Where they begin, a multiple of the size of an element.</param>
    /// <exception cref="ArgumentException">They do not lie in the memory, or do not begin where elements of this type do.</exception>
    /// <example><code>
    /// using var file = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateNew(null, 16);
    /// using var view = file.CreateViewAccessor();
    /// var x = Tensor.FromBuffer(view.SafeMemoryMappedViewHandle, [2, 2], DType.Float32).Fill(7);
    /// Console.WriteLine(view.ReadSingle(12));                              // → 7
    /// </code></example>
    public static Tensor FromBuffer(SafeBuffer buffer, Shape shape, DType dtype, long byteOffset = 0)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        long size = dtype.Size();
        if (byteOffset < 0 || shape.Numel > long.MaxValue / size || (ulong)byteOffset > buffer.ByteLength || (ulong)(shape.Numel * size) > buffer.ByteLength - (ulong)byteOffset)
            throw new ArgumentException($"{shape} of {dtype.Name()} from byte {byteOffset} on do not lie in a buffer of {buffer.ByteLength} bytes.", nameof(buffer));
        if (byteOffset % size != 0) throw new ArgumentException($"Elements of {dtype.Name()} begin at multiples of {size}, not at byte {byteOffset}.", nameof(byteOffset));
        if (shape.Numel == 0) return Empty(shape, dtype);
        var storage = new HostStorage(Device.Cpu, buffer, byteOffset, shape.Numel * size);
        storage.MoveTo(Scope.Current);
        return new(storage, Layout.Of(shape), dtype);
    }

    /// <summary>
    /// Reads all elements as the bytes that files hold: in row-major order, whatever their type; a tensor that is laid out otherwise, or elsewhere,
    /// is copied first.
    /// </summary>
    /// <param name="read">
    /// Gets <see cref="Numel"/> times the size of an element, each element in the order of the machine (little-endian on x64 and ARM).
    /// </param>
    /// <example><code>
    /// Tensor x = [1f, 2f];
    /// x.ReadBytes(bytes => Console.WriteLine(bytes.Length));
    /// </code></example>
    public void ReadBytes(Action<ReadOnlySpan<byte>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        Tracing.Seen(this);
        var host = Detach().To(Device.Cpu).Contiguous();
        using var p = Pins.Of(host);
        read(p.Bytes(0));
    }

    /// <summary>Writes all elements in place as the bytes that files hold, whatever their type; of a truth value, any byte but 0 is true.</summary>
    /// <param name="write">Fills <see cref="Numel"/> times the size of an element, in row-major order; what it leaves alone keeps its value.</param>
    /// <exception cref="InvalidOperationException">
    /// The tensor is a view with another order, or on another device: write with an index, or CopyFrom.
    /// </exception>
    /// <example><code>
    /// var x = Tensor.Zeros([1, 2], DType.UInt8);
    /// x.WriteBytes(bytes => bytes[1] = 255);
    /// Console.WriteLine(x);
    /// // →    0  255
    /// // → [ uint8 [1, 2] ]
    /// </code></example>
    public void WriteBytes(Action<Span<byte>> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        CheckWritable();
        BeginWrite();
        using var p = Pins.Of(this);
        write(p.Bytes(0));
        if (DType == DType.Bool) foreach (ref byte b in p.Bytes(0)) b = b == 0 ? (byte)0 : (byte)1;
    }

    void CheckWritable()
    {
        if (Device != Device.Cpu || !Layout.IsContiguous)
            throw new InvalidOperationException($"Only a contiguous tensor on the CPU can be written as a span; use x[..] = values for {Shape} on {Device}.");
    }
}
