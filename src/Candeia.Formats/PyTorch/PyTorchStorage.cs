namespace Candeia;

/// <summary>The numbers of one or more tensors, where they lie in the file. They are read once, when the first tensor asks for them.</summary>
/// <param name="key">Its name in the file.</param>
/// <param name="type">What it holds.</param>
/// <param name="count">How many elements.</param>
internal sealed class PyTorchStorage(string key, PyTorchType type, long count)
{
    readonly Lock _reading = new();
    Tensor? _elements;

    public string Key => key;

    public PyTorchType Type => type;

    public long Count => count;

    /// <summary>Where the bytes begin; known when all of the file has been looked at.</summary>
    public long? Start { get; set; }

    /// <summary>Whether the bytes of each number stand in the other order.</summary>
    public bool IsBigEndian { get; set; }

    /// <summary>Where it stands in an archive.</summary>
    public ZipEntry? Entry { get; set; }

    /// <summary>All elements in a row, as numbers of some type.</summary>
    public Tensor Read(FileBytes file, ZipDirectory? zip, PyTorchType wanted)
    {
        lock (_reading)
        {
            var dtype = wanted.Read ?? throw new InvalidOperationException($"There are no tensors of {wanted.Name}.");
            long start = Start ?? throw file.Error($"the storage {TensorFileException.Quote(key)} is not in the file");
            if (_elements is { } known && known.DType == dtype) return known;
            long elements = count * type.Size / wanted.Size;
            if (elements > int.MaxValue) throw file.Error($"the storage {TensorFileException.Quote(key)} has {elements:N0} elements, more than the {int.MaxValue:N0} that are read in one piece");
            if (Entry is { } entry && !file.IsMapped) zip!.CheckCrc(entry, file.Crc(entry.Start, entry.Length));
            // It outlives scopes, for other tensors lie in it too.
            return _elements = file.Tensor(start, [(int)elements], dtype, IsBigEndian && wanted.Size > 1).Keep();
        }
    }
}
