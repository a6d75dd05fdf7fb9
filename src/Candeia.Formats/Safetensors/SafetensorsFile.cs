using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Candeia;

/// <summary>An open safetensors file, of which only the header has been read: tensors are read one by one, when asked for.</summary>
/// <remarks>
/// Everything the header says is checked when it is opened, so that a file from anywhere can be trusted afterwards.
/// The format: <see href="https://huggingface.co/docs/safetensors/index#format"/>.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    readonly FileBytes _file;
    readonly string _source;
    readonly long _dataStart;
    readonly SafetensorsHeader _header;
    readonly Dictionary<string, SafetensorsEntry> _byName;

    SafetensorsFile(FileBytes file)
    {
        (_file, _source) = (file, file.Source);
        string source = _source;
        long length = file.Length;
        if (length < 8) throw new SafetensorsException($"{source}: {length} bytes are too few for a safetensors file.");
        Span<byte> prefix = stackalloc byte[8];
        ReadAt(0, prefix);
        ulong n = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (n > SafetensorsHeader.MaxLength) throw new SafetensorsException($"{source}: a header of {n:N0} bytes is announced; {SafetensorsHeader.MaxLength:N0} are allowed. Is this a safetensors file?");
        if ((long)n > length - 8) throw new SafetensorsException($"{source}: a header of {n:N0} bytes is announced, but only {length - 8:N0} bytes follow. The file is cut off.");
        byte[] json = new byte[(int)n];
        ReadAt(8, json);
        _dataStart = 8 + (long)n;
        _header = new SafetensorsParser(json, source).Parse(length - _dataStart);
        _byName = _header.Entries.ToDictionary(e => e.Name);
    }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">A file that ends in <c>.safetensors</c>.</param>
    /// <param name="map">Whether tensors lie in the file, and nothing of them is read before it is used; what is written to them stays in this process.</param>
    /// <exception cref="SafetensorsException">The header breaks a rule of the format, or the file has another length than it says.</exception>
    public static SafetensorsFile Open(string path, bool map = false) => Open(FileBytes.Open(path, map));

    /// <summary>Reads from a stream that can seek, starting at its beginning; the stream is closed with this object.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="SafetensorsException">The header breaks a rule of the format, or the stream has another length than it says.</exception>
    public static SafetensorsFile Open(Stream stream, string source = "The stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(new FileBytes(stream, source));
    }

    internal static SafetensorsFile Open(FileBytes file)
    {
        try { return new(file); }
        catch { file.Dispose(); throw; }
    }

    /// <summary>The tensors, in the order of their bytes in the file.</summary>
    public ImmutableArray<SafetensorsEntry> Entries => _header.Entries;

    /// <summary>The texts that the writer left beside the tensors, in the order of the file; null where it left no such section.</summary>
    public IReadOnlyDictionary<string, string>? Metadata => _header.Metadata;

    /// <summary>What the header says of the tensor of this name.</summary>
    /// <exception cref="SafetensorsException">There is no such tensor.</exception>
    public SafetensorsEntry this[string name] => _byName.TryGetValue(name, out var entry) ? entry
        : throw new SafetensorsException($"{_source}: there is no tensor {SafetensorsException.Quote(name)} among its {Entries.Length}.");

    /// <summary>Reads one tensor, of the type in which the file stores it.</summary>
    /// <exception cref="SafetensorsException">There is no such tensor, or no tensor can hold its elements.</exception>
    public Tensor Load(string name)
    {
        var entry = this[name];
        var dtype = entry.Type.Loaded() ?? throw new SafetensorsException($"{_source}: tensor {entry} holds {entry.Type.Name()}, which tensors cannot hold; convert it where it was written, or use Read for its bytes.");
        if (entry.Length > int.MaxValue && !_file.IsMapped || entry.Shape.Any(n => n > int.MaxValue))
            throw new SafetensorsException($"{_source}: tensor {entry} is too large: 2 GiB is the limit where the file is not mapped.");
        Shape shape = Shape.Create([.. entry.Shape.Select(n => (int)n)]);
        try { return _file.Tensor(_dataStart + entry.Start, shape, dtype); }
        catch (TensorFileException e) { throw new SafetensorsException(e.Message, e); }
    }

    /// <summary>Reads the bytes of one tensor; safe to call from several threads.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="destination">Where they go; its length must be the entry's <see cref="SafetensorsEntry.Length"/>.</param>
    /// <exception cref="SafetensorsException">The file has become shorter since it was opened.</exception>
    public void Read(SafetensorsEntry entry, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (destination.Length != entry.Length) throw new ArgumentException($"Tensor {entry} takes {entry.Length} bytes, not {destination.Length}.", nameof(destination));
        ReadAt(_dataStart + entry.Start, destination);
    }

    /// <inheritdoc cref="Read(SafetensorsEntry, Span{byte})"/>
    public byte[] Read(SafetensorsEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Length > Array.MaxLength) throw new SafetensorsException($"{_source}: tensor {entry} is too large to be read at once.");
        byte[] bytes = new byte[entry.Length];
        Read(entry, bytes);
        return bytes;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    void ReadAt(long position, Span<byte> destination)
    {
        try { _file.Read(position, destination); }
        catch (TensorFileException e) { throw new SafetensorsException(e.Message, e); }
    }
}
