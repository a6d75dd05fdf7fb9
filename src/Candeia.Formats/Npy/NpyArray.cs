namespace Candeia;

/// <summary>An array in NumPy's format that stands in a file, or in an entry of an archive.</summary>
internal sealed class NpyArray
{
    readonly FileBytes _file;
    readonly ZipDirectory? _zip;
    readonly ZipEntry? _entry;
    readonly string _source;

    /// <summary>An array that is all of a file.</summary>
    public NpyArray(FileBytes file)
    {
        (_file, _source) = (file, file.Source);
        Header = Read(file.Length, file.Head);
    }

    /// <summary>An array in an archive.</summary>
    public NpyArray(FileBytes file, ZipDirectory zip, ZipEntry entry)
    {
        (_file, _zip, _entry, _source) = (file, zip, entry, $"{file.Source}: {TensorFileException.Quote(entry.Name)}");
        Header = Read(entry.Length, most => zip.Head(entry, most));
    }

    public NpyHeader Header { get; }

    /// <summary>How many bytes its elements take.</summary>
    public long Bytes => (_entry?.Length ?? _file.Length) - Header.Length;

    /// <summary>Reads the numbers.</summary>
    public Tensor Load()
    {
        var type = Header.Type ?? throw new TensorFileException($"{_source} holds elements of the type {TensorFileException.Quote(Header.Descr)}, which tensors cannot hold.");
        Shape stored = Shape.Create([.. Header.IsFortran ? Header.Shape.Reverse() : Header.Shape]);
        var tensor = Stored(stored, type);
        if (type.IsWidened)
            tensor = Unsigned.Widen(tensor) ?? throw new TensorFileException($"{_source} holds a number of 2⁶³ or more, which tensors cannot hold; save it as another type.");
        return Header.IsFortran && stored.Rank > 1 ? tensor.Permute([.. Enumerable.Range(0, stored.Rank).Reverse()]) : tensor;
    }

    Tensor Stored(Shape shape, NpyType type)
    {
        if (_entry is not { Method: ZipEntry.Deflated })
        {
            if (_entry is not null && !_file.IsMapped) _zip!.CheckCrc(_entry, _file.Crc(_entry.Start, _entry.Length));
            return _file.Tensor((_entry?.Start ?? 0) + Header.Length, shape, type.Read, type.IsBigEndian);
        }
        var tensor = Tensor.Empty(shape, type.Read);
        tensor.WriteBytes(bytes =>
        {
            _zip!.Unpack(_entry, Header.Length, bytes);
            if (type.IsBigEndian) FileBytes.Swap(bytes, type.Kind == 'c' ? type.Size / 2 : type.Size);
        });
        return tensor;
    }

    NpyHeader Read(long length, Func<int, byte[]> head)
    {
        int measured = NpyHeader.Measure(head(NpyHeader.PrefixBytes), _source);
        if (measured > length) throw new TensorFileException($"{_source} announces a header of {measured:N0} bytes, but has {length:N0}; it is cut off.");
        return NpyHeader.Parse(head(measured), length - measured, _source);
    }
}
