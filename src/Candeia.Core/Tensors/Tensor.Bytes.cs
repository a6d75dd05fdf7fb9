namespace Candeia;

public sealed partial class Tensor
{
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
