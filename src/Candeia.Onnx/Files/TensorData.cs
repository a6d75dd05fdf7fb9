using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Candeia.Onnx;

/// <summary>The tensors that messages hold. Sizes are held against the bytes that there are before memory is taken.</summary>
/// <param name="folder">Where files with weights lie; null where a model came from no file, and may name none.</param>
internal sealed class TensorData(string? folder) : IDisposable
{
    readonly Dictionary<string, FileStream> _files = [];

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="OnnxException">Its parts do not fit each other, or no tensor can hold its elements.</exception>
    public Tensor Read(TensorMessage message)
    {
        try
        {
            var dtype = message.Type.Held() ?? throw new InvalidDataException($"it holds {message.Type.Name()}, which tensors cannot hold");
            var (shape, count) = Sizes(message.Dims);
            var raw = message.IsExternal ? External(message) : message.Raw;
            if (raw is null) return Listed(message, shape, count, dtype);
            if (raw.Length != count * message.Type.Size())
                throw new InvalidDataException($"{message.Type.Name()} [{string.Join(", ", message.Dims)}] takes {count * message.Type.Size()} bytes, and {raw.Length} are there");
            var tensor = Tensor.Empty(shape, dtype);
            if (message.Type is ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64) ReadUnsigned(message.Type, raw, tensor);
            else tensor.WriteBytes(raw.Read);
            return tensor;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new OnnxException($"Tensor {OnnxException.Quote(message.Name)}: {e.Message}.", e);
        }
    }

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    static (Shape Shape, long Count) Sizes(List<long> dims)
    {
        Int128 count = 1;
        foreach (long n in dims)
        {
            if (n is < 0 or > int.MaxValue) throw new InvalidDataException($"it has the size {n}");
            count *= n;
            if (count > int.MaxValue) throw new InvalidDataException($"[{string.Join(", ", dims)}] has too many elements");
        }
        return (Shape.Create([.. dims.Select(n => (int)n)]), (long)count);
    }

    /// <summary>Values that stand in a list instead of raw bytes; integers of every size share one, and so do the bits of half precision.</summary>
    static Tensor Listed(TensorMessage message, Shape shape, long count, DType dtype)
    {
        bool complex = dtype.IsComplex();
        int there = message.Type switch
        {
            ElementType.Float or ElementType.Complex64 => message.Singles.Count,
            ElementType.Double or ElementType.Complex128 => message.Doubles.Count,
            _ => message.Integers.Count,
        };
        if (there != (complex ? 2 * count : count)) throw new InvalidDataException($"{message.Type.Name()} [{string.Join(", ", message.Dims)}] has {count} elements, and {there} are there");
        return message.Type switch
        {
            ElementType.Float => Tensor.From<float>(CollectionsMarshal.AsSpan(message.Singles), shape),
            ElementType.Double => Tensor.From<double>(CollectionsMarshal.AsSpan(message.Doubles), shape),
            ElementType.Complex64 => Bytes(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(message.Singles))),
            ElementType.Complex128 => Bytes(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(message.Doubles))),
            ElementType.Float16 or ElementType.BFloat16 => Bytes(MemoryMarshal.AsBytes<ushort>(message.Integers.Select(n => (ushort)n).ToArray())),
            ElementType.UInt64 when message.Integers.Exists(n => n < 0) => throw TooLarge(),
            _ => Tensor.From<long>(CollectionsMarshal.AsSpan(message.Integers), shape).To(dtype),
        };

        Tensor Bytes(ReadOnlySpan<byte> bytes)
        {
            byte[] copy = bytes.ToArray();
            var tensor = Tensor.Empty(shape, dtype);
            tensor.WriteBytes(copy.CopyTo);
            return tensor;
        }
    }

    static void ReadUnsigned(ElementType type, RawBytes raw, Tensor tensor)
    {
        byte[] bytes = new byte[raw.Length];
        raw.Read(bytes);
        if (type == ElementType.UInt16)
            tensor.Write<int>(values => { for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i)); });
        else if (type == ElementType.UInt32)
            tensor.Write<long>(values => { for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4 * i)); });
        else
            tensor.Write<long>(values =>
            {
                for (int i = 0; i < values.Length; i++)
                    if ((values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8 * i))) < 0) throw TooLarge();
            });
    }

    static InvalidDataException TooLarge() => new("an unsigned number is larger than tensors can hold");

    RawBytes External(TensorMessage message)
    {
        string? Value(string key) => message.External.FirstOrDefault(e => e.Key == key).Value;
        string location = Value("location") ?? throw new InvalidDataException("it lies in another file, which is not named");
        long offset = Number("offset") ?? 0;
        var file = Open(location);
        if (offset > file.Length) throw new InvalidDataException($"it begins at byte {offset} of {OnnxException.Quote(location)}, which has {file.Length}");
        long length = Number("length") ?? file.Length - offset;
        if (length > file.Length - offset) throw new InvalidDataException($"it takes {length} bytes of {OnnxException.Quote(location)} from {offset} on, which has {file.Length}");
        return new(file, offset, length);

        long? Number(string key) => Value(key) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : throw new InvalidDataException($"its {key} is no number");
    }

    /// <summary>A file beside the model or below, and no other: a model may not read what lies elsewhere.</summary>
    FileStream Open(string location)
    {
        if (_files.TryGetValue(location, out var known)) return known;
        if (folder is null) throw new InvalidDataException($"it lies in {OnnxException.Quote(location)}, and the model is no file beside which that could be");
        string root = Path.GetFullPath(folder), path = Path.GetFullPath(Path.Combine(root, location));
        bool inside = !Path.IsPathRooted(location) && path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside || File.ResolveLinkTarget(path, returnFinalTarget: true) is not null)
            throw new InvalidDataException($"it lies in {OnnxException.Quote(location)}, which is not in the folder of the model");
        return _files[location] = OrdinaryFile.Open(path);
    }
}
