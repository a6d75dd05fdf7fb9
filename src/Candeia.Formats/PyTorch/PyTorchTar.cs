using System.Formats.Tar;

namespace Candeia;

/// <summary>The files of PyTorch 0.1: a tar of <c>storages</c>, <c>tensors</c> (shapes and strides) and <c>pickle</c>, which refers to tensors by number.</summary>
internal static class PyTorchTar
{
    const int MostDimensions = 64;

    public static PyTorchContainer Read(FileBytes file, bool keepForeign)
    {
        var parts = Parts(file);
        var storages = Storages(file, Part("storages"));
        var tensors = Tensors(file, Part("tensors"), storages);
        object? content = new Unpickler(Part("pickle"), new PyTorchNames(file, keepForeign, Find), keepForeign).Read();
        return new("tar", content);

        PickleReader Part(string name) => parts.TryGetValue(name, out var part) ? new(file, part.Start, part.End) : throw file.Error($"it is a tar without {name}, and so none that torch.save has written");

        object? Find(object? id)
        {
            if (id is object?[]) throw file.Error($"it is a whole module with its source; save its state_dict instead");
            return Key(id) is { } key && tensors.TryGetValue(key, out var tensor) ? tensor : throw file.Error($"the pickle asks for a tensor that is not in the file");
        }
    }

    static Dictionary<string, PyTorchStorage> Storages(FileBytes file, PickleReader reader)
    {
        Dictionary<string, PyTorchStorage> storages = [];
        long count = Plain(file, reader) is long n ? n : throw file.Error($"it does not say how many storages it has");
        for (long i = 0; i < count; i++)
        {
            if (Plain(file, reader) is not object?[] said || said is not [var id, string, PyTorchType type] || Key(id) is not { } key) throw file.Error($"it has a storage that is not described");
            long elements = reader.I64();
            if (elements < 0 || elements > reader.Remaining / type.Size) throw file.Error($"the storage {TensorFileException.Quote(key)} has {elements:N0} elements, but {reader.Remaining:N0} bytes follow");
            if (!storages.TryAdd(key, new(key, type, elements) { Start = reader.Position })) throw file.Error($"it has the storage {TensorFileException.Quote(key)} twice");
            reader.Skip(elements * type.Size);
        }
        if (Plain(file, reader) is not PickleList views) throw file.Error($"it does not say which storages are parts of others");
        foreach (object? view in views)
        {
            if (view is not object?[] said || said is not [var id, var rootId, long offset, long size] || Key(id) is not { } key || Key(rootId) is not { } rootKey || !storages.TryGetValue(rootKey, out var root)
                || offset < 0 || size < 0 || offset > root.Count || size > root.Count - offset || !storages.TryAdd(key, new(key, root.Type, size) { Start = root.Start + offset * root.Type.Size }))
                throw file.Error($"it has a part of a storage that does not lie in it");
        }
        return storages;
    }

    static Dictionary<string, PyTorchTensor> Tensors(FileBytes file, PickleReader reader, Dictionary<string, PyTorchStorage> storages)
    {
        Dictionary<string, PyTorchTensor> tensors = [];
        long count = Plain(file, reader) is long n ? n : throw file.Error($"it does not say how many tensors it has");
        for (long i = 0; i < count; i++)
        {
            if (Plain(file, reader) is not object?[] said || said is not [var id, var storageId, _] || Key(id) is not { } key || Key(storageId) is not { } storageKey || !storages.TryGetValue(storageKey, out var storage))
                throw file.Error($"it has a tensor that is not described");
            uint rank = reader.U32();
            reader.Skip(4);
            if (rank > MostDimensions) throw file.Error($"it has a tensor of {rank} dimensions");
            object?[] shape = Numbers(), strides = Numbers();
            var tensor = PyTorchTensor.Of(storage, storage.Type, reader.I64(), shape, strides, requiresGrad: false);
            if (tensor is null || !tensors.TryAdd(key, tensor)) throw file.Error($"it has a tensor that does not lie in its storage");

            object?[] Numbers()
            {
                object?[] numbers = new object?[rank];
                for (int d = 0; d < rank; d++) numbers[d] = reader.I64();
                return numbers;
            }
        }
        return tensors;
    }

    static object? Plain(FileBytes file, PickleReader reader) =>
        new Unpickler(reader, new PyTorchNames(file, false, _ => throw file.Error($"its list of storages refers to others"))).Read();

    // Python wrote addresses, as numbers or as texts.
    static string? Key(object? id) => id is long or string or System.Numerics.BigInteger ? Convert.ToString(id, System.Globalization.CultureInfo.InvariantCulture) : null;

    static Dictionary<string, (long Start, long End)> Parts(FileBytes file)
    {
        Dictionary<string, (long, long)> parts = [];
        try
        {
            using var tar = new TarReader(new FileStreamOf(file), leaveOpen: true);
            while (tar.GetNextEntry() is { } entry)
            {
                string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
                if (entry.Length > file.Length - entry.DataOffset || !parts.TryAdd(name, (entry.DataOffset, entry.DataOffset + entry.Length))) throw file.Error($"its tar has {TensorFileException.Quote(name)} twice, or cut off");
                if (parts.Count > 16) throw file.Error($"its tar has more files than PyTorch's have");
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException or NotSupportedException)
        {
            throw file.Error($"its tar is damaged", e);
        }
        return parts;
    }

    /// <summary>A file as a stream, for a reader that knows only those.</summary>
    sealed class FileStreamOf(FileBytes file) : Stream
    {
        public override long Position { get; set; }

        public override long Length => file.Length;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Clamp(Length - Position, 0, buffer.Length);
            if (count > 0) file.Read(Position, buffer[..count]);
            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
