using System.Numerics;

namespace Candeia;

/// <summary>
/// The files of PyTorch 0.2 to 1.5: pickles in a row (a magic number, the version, the machine, the object, the keys of its storages), then for each key
/// how many elements there are, and these.
/// </summary>
internal static class PyTorchLegacy
{
    const int Version = 1001;
    static readonly BigInteger s_magic = BigInteger.Parse("1950a86a20f9469cfc6c", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    public static PyTorchContainer Read(FileBytes file, bool keepForeign)
    {
        Dictionary<string, PyTorchStorage> storages = [];
        Dictionary<(string Root, string View), (PyTorchStorage View, PyTorchStorage Root, long Offset)> views = [];
        var reader = new PickleReader(file, 0, file.Length);
        if (Plain() is not BigInteger magic || magic != s_magic) throw file.Error($"it is a pickle, but none that torch.save has written: it does not begin with PyTorch's number");
        if (Plain() is not (long)Version) throw file.Error($"it is of a version of PyTorch's format that is not known; {Version} is");
        if (Plain() is not PickleDictionary) throw file.Error($"it does not say on which machine it was written");
        object? content = new Unpickler(reader, new PyTorchNames(file, keepForeign, Find), keepForeign).Read();
        if (Plain() is not PickleList keys) throw file.Error($"it has no list of its storages");

        foreach (object? key in keys)
        {
            // A storage that no tensor lies in is there all the same, but of what type is not known.
            if (key is not string name || !storages.TryGetValue(name, out var storage)) throw file.Error($"it has a storage that nothing refers to");
            if (storage.Start is not null) throw file.Error($"it has the storage {TensorFileException.Quote(name)} twice");
            long count = reader.I64();
            if (count != storage.Count) throw file.Error($"the storage {TensorFileException.Quote(name)} has {count:N0} elements, where {storage.Count:N0} were announced");
            if (count > reader.Remaining / storage.Type.Size) throw file.Error($"the storage {TensorFileException.Quote(name)} has {count:N0} elements, but {reader.Remaining:N0} bytes follow; the file is cut off");
            storage.Start = reader.Position;
            reader.Skip(count * storage.Type.Size);
        }
        foreach (var (view, root, offset) in views.Values) view.Start = root.Start + offset * root.Type.Size;
        if (storages.Values.FirstOrDefault(s => s.Start is null) is { } absent) throw file.Error($"the storage {TensorFileException.Quote(absent.Key)} is not in the file");
        if (reader.Remaining > 0) throw file.Error($"{reader.Remaining:N0} bytes follow the last storage, where something else could hide");
        return new("legacy", content);

        object? Plain() => new Unpickler(reader, new PyTorchNames(file, false, _ => throw file.Error($"its first pickles refer to storages"))).Read();

        object? Find(object? id)
        {
            if (id is object?[] whole && whole is ["module", ..]) throw file.Error($"it is a whole module with its source; save its state_dict instead");
            if (id is not object?[] said || said is not ["storage", PyTorchType type, string key, string, long count, ..] || said.Length > 6 || count < 0)
                throw file.Error($"the pickle asks for something that is no storage of numbers");
            if (!storages.TryGetValue(key, out var root)) storages.Add(key, root = new(key, type, count));
            else if (root.Type != type || root.Count != count) throw file.Error($"the storage {TensorFileException.Quote(key)} is said to be two different ones");
            if (said is not [.., object?[] part]) return root;
            if (part is not [string viewKey, long offset, long size] || offset < 0 || size < 0 || offset > count || size > count - offset) throw file.Error($"a part of the storage {TensorFileException.Quote(key)} does not lie in it");
            if (!views.TryGetValue((key, viewKey), out var view)) views.Add((key, viewKey), view = (new(viewKey, type, size), root, offset));
            return view.View.Count == size && view.Offset == offset ? view.View : throw file.Error($"a part of the storage {TensorFileException.Quote(key)} is said to be two different ones");
        }
    }
}
