using System.Globalization;

namespace Candeia;

/// <summary>The archives of PyTorch 1.6 and later: <c>name/data.pkl</c>, and each storage as <c>name/data/0</c>.</summary>
internal static class PyTorchZip
{
    const string Pickle = "/data.pkl";

    /// <summary>Whether an archive looks like one of PyTorch's.</summary>
    public static bool Is(ZipDirectory zip) => zip.Entries.Any(e => e.Name.EndsWith(Pickle, StringComparison.Ordinal));

    public static PyTorchContainer Read(FileBytes file, ZipDirectory zip, bool keepForeign)
    {
        var pickles = zip.Entries.Where(e => e.Name.EndsWith(Pickle, StringComparison.Ordinal) && e.Name.IndexOf('/', StringComparison.Ordinal) == e.Name.Length - Pickle.Length).ToArray();
        if (pickles is not [var pickle]) throw file.Error($"the archive has {pickles.Length} files data.pkl, where PyTorch's have one");
        string stem = pickle.Name[..^(Pickle.Length - 1)];
        Check(file, zip, stem);
        bool isBigEndian = ByteOrder(file, zip, stem) == "big";

        Dictionary<string, PyTorchStorage> storages = [];
        var reader = new PickleReader(file, pickle.Start, pickle.Start + pickle.Length);
        zip.CheckCrc(pickle, file.Crc(pickle.Start, pickle.Length));
        object? content = new Unpickler(reader, new PyTorchNames(file, keepForeign, Find), keepForeign).Read();
        if (reader.Remaining > 0) throw file.Error($"{reader.Remaining:N0} bytes follow the object in data.pkl, where another one could hide");
        return new("zip", content, zip);

        object? Find(object? id)
        {
            if (id is not object?[] said || said is not ["storage", PyTorchType type, string key, string, long count])
                throw file.Error($"the pickle asks for something that is no storage of numbers");
            if (storages.TryGetValue(key, out var known)) return known.Type == type && known.Count == count ? known : throw file.Error($"the storage {TensorFileException.Quote(key)} is said to be two different ones");
            var entry = zip.Find($"{stem}data/{key}") ?? throw file.Error($"the storage {TensorFileException.Quote(key)} is not in the archive");
            if (count < 0 || (Int128)count * type.Size != entry.Length) throw file.Error($"the storage {TensorFileException.Quote(key)} has {entry.Length:N0} bytes, which are not {count:N0} elements of {type.Name}");
            return storages[key] = new(key, type, count) { Start = entry.Start, Entry = entry, IsBigEndian = isBigEndian };
        }
    }

    static void Check(FileBytes file, ZipDirectory zip, string stem)
    {
        foreach (var entry in zip.Entries)
        {
            string quoted = TensorFileException.Quote(entry.Name);
            if (!entry.Name.StartsWith(stem, StringComparison.Ordinal)) throw file.Error($"{quoted} lies in the archive outside of '{stem[..^1]}', where PyTorch puts nothing");
            string rest = entry.Name[stem.Length..];
            if (rest.StartsWith("code/", StringComparison.Ordinal) || rest == "constants.pkl") throw file.Error($"it is a program in TorchScript, which is not run here; save its state_dict instead: torch.save(model.state_dict(), path)");
            if (rest != "data.pkl" && (rest.EndsWith(".pkl", StringComparison.OrdinalIgnoreCase) || rest.EndsWith(".pickle", StringComparison.OrdinalIgnoreCase))) throw file.Error($"{quoted} is a second pickle, which files of weights do not have");
            if (entry.Method != ZipEntry.Stored) throw file.Error($"{quoted} is compressed, which PyTorch's archives are not; store it without compression");
        }
    }

    static string ByteOrder(FileBytes file, ZipDirectory zip, string stem)
    {
        if (zip.Find($"{stem}byteorder") is not { } entry) return "little";
        string order = System.Text.Encoding.ASCII.GetString(zip.Read(entry, most: 16)).ToLower(CultureInfo.InvariantCulture);
        return order is "little" or "big" ? order : throw file.Error($"the order of its bytes is neither little nor big but {TensorFileException.Quote(order)}");
    }
}
