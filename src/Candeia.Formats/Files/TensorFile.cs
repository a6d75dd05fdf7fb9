using System.Collections.Immutable;

namespace Candeia;

/// <summary>
/// An open file of named tensors, whatever its format: safetensors, PyTorch's, NumPy's <c>.npy</c> and <c>.npz</c>, or a folder of Hugging Face with
/// one or several of them. What it is, it says by its first bytes, not by its name. Tensors are read one by one, when asked for.
/// </summary>
/// <example><code>
/// TensorFile.Save("model.safetensors", new Linear(3, 1).StateDict());
/// using var file = TensorFile.Open("model.safetensors");
/// foreach (var entry in file.Entries) Console.WriteLine(entry);
/// // → bias: float32 [1]
/// // → weight: float32 [1, 3]
/// </code></example>
public sealed class TensorFile : IDisposable
{
    readonly IDisposable _file;
    readonly Func<string, Tensor> _load;
    readonly Dictionary<string, TensorEntry> _byName;

    internal TensorFile(string path, string format, ImmutableArray<TensorEntry> entries, IReadOnlyDictionary<string, string>? metadata, IDisposable file, Func<string, Tensor> load)
    {
        (Path, Format, Entries, Metadata, _file, _load) = (path, format, entries, metadata ?? ImmutableDictionary<string, string>.Empty, file, load);
        _byName = entries.ToDictionary(e => e.Name);
    }

    /// <summary>Opens a file or a folder.</summary>
    /// <param name="path">A file of any of the formats; or a folder with <c>model.safetensors</c>, <c>pytorch_model.bin</c>, or the <c>.index.json</c> of several.</param>
    /// <param name="map">Whether tensors lie in the file where the format allows, and nothing of them is read before it is used; what is written to them stays in this process.</param>
    /// <exception cref="TensorFileException">It is of none of the formats, damaged, or holds what is refused.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TensorFile Open(string path, bool map = false) => TensorFormats.Open(path, map);

    /// <summary>Reads all tensors of a file or folder, in its order.</summary>
    /// <inheritdoc cref="Open"/>
    public static IReadOnlyDictionary<string, Tensor> Load(string path, bool map = false)
    {
        using var file = Open(path, map);
        return file.LoadAll();
    }

    /// <summary>Writes named tensors in the format that the name of the file says, whole or not at all.</summary>
    /// <param name="path">Ends in <c>.safetensors</c>, <c>.pt</c>, <c>.pth</c>, <c>.bin</c>, <c>.npz</c>, or <c>.npy</c> for a single tensor.</param>
    /// <param name="tensors">Each name once.</param>
    /// <param name="metadata">Texts to leave beside them; only safetensors has a place for them.</param>
    /// <exception cref="TensorFileException">The name of the file says no format, or the format cannot hold the tensors.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        TensorFormats.Save(path, tensors, metadata);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What it is: <c>safetensors</c>, <c>pytorch zip</c>, <c>pytorch legacy</c>, <c>pytorch tar</c>, <c>npy</c>, <c>npz</c>, or <c>sharded safetensors</c> and the like.</summary>
    public string Format { get; }

    /// <summary>The tensors, in the order of the file.</summary>
    public ImmutableArray<TensorEntry> Entries { get; }

    /// <summary>The texts beside them; none where the format has no place for such.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>What the file says of the tensor of this name.</summary>
    /// <exception cref="TensorFileException">There is no such tensor.</exception>
    public TensorEntry this[string name] =>
        _byName.GetValueOrDefault(name) ?? throw new TensorFileException($"{Path}: there is no tensor {TensorFileException.Quote(name)} among its {Entries.Length}.");

    /// <summary>Reads one tensor.</summary>
    /// <exception cref="TensorFileException">There is no such tensor, no tensor can hold its elements, or they are damaged.</exception>
    public Tensor Load(string name) => _load(this[name].Name);

    /// <summary>Reads all tensors, in the order of the file.</summary>
    /// <exception cref="TensorFileException">No tensor can hold some elements, or they are damaged.</exception>
    public OrderedDictionary<string, Tensor> LoadAll()
    {
        OrderedDictionary<string, Tensor> tensors = new(Entries.Length);
        foreach (var entry in Entries) tensors.Add(entry.Name, Load(entry.Name));
        return tensors;
    }

    /// <summary>Closes the file. Tensors that were loaded stay.</summary>
    public void Dispose() => _file.Dispose();
}
