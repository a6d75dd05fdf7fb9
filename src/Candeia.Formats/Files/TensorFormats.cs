using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Candeia;

/// <summary>The formats of files of tensors: how each is recognized, opened and written.</summary>
internal static class TensorFormats
{
    const string Known = ".safetensors, .pt, .pth, .bin, .npz or .npy";

    public static TensorFile Open(string path, bool map)
    {
        if (Directory.Exists(path)) return ShardedFile.OpenFolder(path, map);
        if (path.EndsWith(ShardedFile.Index, StringComparison.Ordinal)) return ShardedFile.OpenIndex(path, map);
        var file = FileBytes.Open(path, map);
        try
        {
            byte[] head = file.Head(512);
            if (head.AsSpan().StartsWith(NpyHeader.Magic)) return Npy(path, file);
            if (ZipDirectory.IsZip(head)) return Zip(path, file);
            if (IsSafetensors(head, file.Length)) return Safetensors(path, file);
            if (PyTorchContainer.IsPickle(head) || PyTorchContainer.IsTar(head)) return PyTorch(path, file);
            return Extension(path) switch                                    // which says what is wrong with it
            {
                ".safetensors" => Safetensors(path, file),
                ".npy" => Npy(path, file),
                ".pt" or ".pth" or ".th" or ".bin" => PyTorch(path, file),
                _ => throw file.Error($"it is no file of tensors that is known: it begins with {Convert.ToHexStringLower(head.AsSpan(0, Math.Min(8, head.Length)))}"),
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        string name = System.IO.Path.GetFileName(path);
        switch (Extension(path))
        {
            case ".safetensors": Candeia.Safetensors.Save(path, tensors, metadata is { Count: > 0 } ? metadata : null); break;
            case ".pt" or ".pth" or ".bin": PyTorchFile.Save(path, tensors); break;
            case ".npz": Npz.Save(path, tensors); break;
            case ".npy":
                if (tensors.ToArray() is not [var only]) throw new TensorFileException($"{name}: a .npy holds exactly one tensor; choose .npz for several.");
                Candeia.Npy.Save(path, only.Value);
                break;
            default: throw new TensorFileException($"{name} says no format of tensors; choose a name that ends in {Known}.");
        }
    }

    static string Extension(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant();

    static TensorFile Npy(string path, FileBytes file)
    {
        var array = new NpyArray(file);
        return new(path, "npy", [Entry(Stem(path), array)], null, file, _ => array.Load());
    }

    static TensorFile Zip(string path, FileBytes file)
    {
        var zip = new ZipDirectory(file);
        if (PyTorchZip.Is(zip)) return PyTorch(path, file);
        if (!zip.Entries.Any(e => e.Name.EndsWith(".npy", StringComparison.Ordinal)) && zip.Entries.Length > 0)
            throw file.Error($"it is an archive, but neither of PyTorch nor of NumPy; it holds {TensorFileException.Quote(zip.Entries[0].Name)}");
        var arrays = Npz.Arrays(file, zip).ToDictionary(a => a.Name, a => a.Array);
        return new(path, "npz", [.. arrays.Select(a => Entry(a.Key, a.Value))], null, file, name => arrays[name].Load());
    }

    static TensorFile Safetensors(string path, FileBytes bytes)
    {
        var file = SafetensorsFile.Open(bytes);
        var entries = file.Entries.Select(e => new TensorEntry(e.Name, e.Type.Loaded()?.Name() ?? e.Type.Name(), e.Type.Loaded(), e.Shape, e.Length));
        return new(path, "safetensors", [.. entries], file.Metadata, file, file.Load);
    }

    // A tensor that is all of a file has the name of the file.
    static TensorFile PyTorch(string path, FileBytes bytes)
    {
        var file = PyTorchFile.Open(bytes);
        var tensors = file.Tensors.ToDictionary(t => t.Name is "" ? Stem(path) : t.Name, t => t.Tensor);
        var entries = tensors.Select(t => new TensorEntry(t.Key, t.Value.TypeName, t.Value.DType, t.Value.Shape, t.Value.Bytes));
        return new(path, $"pytorch {file.Container}", [.. entries], null, file, name => file.Load(tensors[name]));
    }

    static TensorEntry Entry(string name, NpyArray array) =>
        new(name, array.Header.Type is { } type ? Name(type) : array.Header.Descr, array.Header.Type?.Held, [.. array.Header.Shape.Select(n => (long)n)], array.Bytes);

    static string Name(NpyType type) => type.IsWidened ? FormattableString.Invariant($"uint{8 * type.Size}") : type.Read.Name();

    static string Stem(string path) => System.IO.Path.GetFileNameWithoutExtension(path);

    // The length of the header, then its opening brace, perhaps after white space.
    static bool IsSafetensors(ReadOnlySpan<byte> head, long length) =>
        head.Length > 8 && BinaryPrimitives.ReadUInt64LittleEndian(head) <= (ulong)length && head[8] is (byte)'{' or (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r';
}
