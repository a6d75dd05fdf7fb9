using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Candeia;

/// <summary>
/// The bytes of a file, read where asked for, by several threads at once; or mapped into memory, so that tensors lie in the file itself. What is written
/// to such a tensor stays in this process.
/// </summary>
internal sealed class FileBytes : IDisposable
{
    const int BufferBytes = 1 << 16;
    readonly Stream _stream;
    readonly MemoryMappedFile? _map;
    readonly MemoryMappedViewAccessor? _view;

    public FileBytes(Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (_stream, Source, Length) = (stream, source, stream.Length);
    }

    FileBytes(FileStream file, string path, bool map) : this(file, path)
    {
        if (!map || Length == 0) return;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.CopyOnWrite);
    }

    /// <summary>Opens an ordinary file.</summary>
    public static FileBytes Open(string path, bool map = false)
    {
        var file = OrdinaryFile.Open(path);
        try
        {
            return new(file, path, map);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What messages call the file.</summary>
    public string Source { get; }

    public long Length { get; }

    /// <summary>Whether tensors lie in the file.</summary>
    public bool IsMapped => _view is not null;

    /// <summary>Reads bytes that are there, or refuses.</summary>
    public void Read(long offset, Span<byte> target)
    {
        Check(offset, target.Length);
        if (_stream is FileStream file)
            while (!target.IsEmpty)
            {
                int count = RandomAccess.Read(file.SafeFileHandle, target, offset);
                if (count == 0) throw Shrunk();
                target = target[count..];
                offset += count;
            }
        else
            lock (_stream)
            {
                _stream.Position = offset;
                if (_stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length) throw Shrunk();
            }
    }

    /// <summary>Reads so many bytes; that they are there is checked before memory is taken for them.</summary>
    public byte[] Read(long offset, long count)
    {
        Check(offset, count);
        if (count > Array.MaxLength) throw Error($"{count:N0} bytes are too many to be read at once");
        byte[] bytes = new byte[count];
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>Up to so many bytes from the beginning.</summary>
    public byte[] Head(int most) => Read(0, Math.Min(most, Length));

    /// <summary>A tensor of bytes that are there: in the file where it is mapped, otherwise a copy.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="shape">The sizes, in row-major order.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="isBigEndian">Whether the bytes of each number stand in the other order.</param>
    public Tensor Tensor(long offset, Shape shape, DType dtype, bool isBigEndian = false)
    {
        int size = dtype.Size();
        if (shape.Numel > Length / size) throw Error($"{shape} of {dtype.Name()} would need more bytes than the file has");
        Check(offset, shape.Numel * size);
        if (_view is not null && !isBigEndian && offset % size == 0 && dtype != DType.Bool)
            return Candeia.Tensor.FromBuffer(_view.SafeMemoryMappedViewHandle, shape, dtype, offset);
        if (shape.Numel * size > int.MaxValue) throw Error($"{shape} of {dtype.Name()} is too large to be copied: 2 GiB is the limit; open the file with map: true");
        var tensor = Candeia.Tensor.Empty(shape, dtype);
        tensor.WriteBytes(bytes =>
        {
            Read(offset, bytes);
            if (isBigEndian) Swap(bytes, dtype.IsComplex() ? size / 2 : size);
        });
        return tensor;
    }

    /// <summary>The check of a range of bytes.</summary>
    public uint Crc(long offset, long count)
    {
        Check(offset, count);
        byte[] buffer = new byte[Math.Min(count, BufferBytes)];
        uint crc = 0;
        for (int part; count > 0; count -= part, offset += part)
        {
            part = (int)Math.Min(count, buffer.Length);
            Read(offset, buffer.AsSpan(0, part));
            crc = Crc32.Of(buffer.AsSpan(0, part), crc);
        }
        return crc;
    }

    /// <summary>Turns the bytes of each number around.</summary>
    public static void Swap(Span<byte> bytes, int size)
    {
        if (size == 2) Each<short>(bytes, BinaryPrimitives.ReverseEndianness);
        else if (size == 4) Each<int>(bytes, BinaryPrimitives.ReverseEndianness);
        else if (size == 8) Each<long>(bytes, BinaryPrimitives.ReverseEndianness);

        static void Each<T>(Span<byte> bytes, SpanAction<T> reverse) where T : unmanaged
        {
            var numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(bytes);
            reverse(numbers, numbers);
        }
    }

    delegate void SpanAction<T>(ReadOnlySpan<T> source, Span<T> target);

    /// <summary>An error that names the file.</summary>
    public TensorFileException Error(FormattableString what, Exception? inner = null) => new($"{Source}: {FormattableString.Invariant(what)}.", inner);

    public void Dispose()
    {
        _view?.Dispose();
        _map?.Dispose();
        _stream.Dispose();
    }

    void Check(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
            throw Error($"{count:N0} bytes from byte {offset:N0} on are announced, but the file has {Length:N0}; it is cut off or damaged");
    }

    TensorFileException Shrunk() => Error($"the file has become shorter while it was read");
}
