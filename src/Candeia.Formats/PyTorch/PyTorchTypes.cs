namespace Candeia;

/// <summary>A type of elements in PyTorch's files.</summary>
/// <param name="Name">Its name: <c>float32</c>.</param>
/// <param name="Size">Bytes per element.</param>
/// <param name="Read">The type whose bits are read; null where tensors cannot hold them.</param>
/// <param name="IsWidened">Whether elements are unsigned numbers that become wider.</param>
internal sealed record PyTorchType(string Name, int Size, DType? Read, bool IsWidened = false)
{
    static readonly (string Storage, PyTorchType Type)[] s_storages =
    [
        ("DoubleStorage", Of(DType.Float64)), ("FloatStorage", Of(DType.Float32)), ("HalfStorage", Of(DType.Float16)), ("BFloat16Storage", Of(DType.BFloat16)),
        ("LongStorage", Of(DType.Int64)), ("IntStorage", Of(DType.Int32)), ("ShortStorage", Of(DType.Int16)), ("CharStorage", Of(DType.Int8)),
        ("ByteStorage", Of(DType.UInt8)), ("BoolStorage", Of(DType.Bool)), ("ComplexFloatStorage", Of(DType.Complex64)), ("ComplexDoubleStorage", Of(DType.Complex128)),
    ];

    static readonly PyTorchType[] s_others =
    [
        new("uint16", 2, DType.Int16, true), new("uint32", 4, DType.Int32, true), new("uint64", 8, DType.Int64, true),
        new("float8_e4m3fn", 1, null), new("float8_e5m2", 1, null), new("float8_e4m3fnuz", 1, null), new("float8_e5m2fnuz", 1, null), new("float8_e8m0fnu", 1, null),
    ];

    /// <summary>The bytes of a storage whose tensors say for themselves what they are.</summary>
    public static PyTorchType Untyped { get; } = new("bytes", 1, DType.UInt8);

    /// <summary>The type of the tensor.</summary>
    public DType? Held => IsWidened ? Unsigned.Held(Size) : Read;

    /// <summary>The type of a class such as <c>FloatStorage</c>.</summary>
    public static PyTorchType? OfStorage(string name)
    {
        if (name is "UntypedStorage" or "_UntypedStorage") return Untyped;
        foreach (var (storage, type) in s_storages) if (storage == name) return type;
        return null;
    }

    /// <summary>The type of a name such as <c>float32</c> or <c>half</c>.</summary>
    public static PyTorchType? Named(string name)
    {
        name = name switch { "float" => "float32", "double" => "float64", "half" => "float16", "long" => "int64", "int" => "int32", "short" => "int16", "cfloat" => "complex64", "cdouble" => "complex128", _ => name };
        foreach (var (_, type) in s_storages) if (type.Name == name) return type;
        return Array.Find(s_others, t => t.Name == name);
    }

    /// <summary>The class that holds elements of a tensor.</summary>
    public static string StorageOf(DType dtype)
    {
        foreach (var (storage, type) in s_storages) if (type.Read == dtype) return storage;
        throw new NotSupportedException($"PyTorch has no storage of {dtype.Name()}.");
    }

    public override string ToString() => Name;

    static PyTorchType Of(DType dtype) => new(dtype.Name(), dtype.Size(), dtype);
}
