using System.Collections.Immutable;
using System.Numerics;

namespace Candeia;

/// <summary>
/// A file that <c>torch.save</c> wrote, of any version: an archive (1.6 and later), pickles in a row (up to 1.5), or a tar (0.1). What it consists of is
/// looked at when it is opened; the numbers of tensors are read when asked for. Nothing that is in it can run: it is read by a machine that knows
/// texts, numbers, lists, dictionaries and tensors, and refuses every other name.
/// </summary>
/// <remarks>Programs in TorchScript are refused; what a whole module consists of can be read with <c>keepForeign</c>.</remarks>
/// <example><code>
/// PyTorchFile.Save("model.pt", new Linear(3, 1).StateDict());
/// using var file = PyTorchFile.Open("model.pt");
/// Console.WriteLine(string.Join(", ", file.Tensors.Select(t => $"{t.Name} {t.Tensor}")));
/// // → weight float32 [1, 3], bias float32 [1]
/// </code></example>
public sealed class PyTorchFile : IDisposable
{
    readonly FileBytes _file;
    readonly PyTorchContainer _container;

    PyTorchFile(FileBytes file, bool keepForeign)
    {
        _file = file;
        _container = PyTorchContainer.Read(file, keepForeign);
        Tensors = new PyTorchTree(file).Tensors(_container.Content);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">A file that ends in <c>.pt</c>, <c>.pth</c>, <c>.th</c> or <c>.bin</c>.</param>
    /// <param name="map">Whether tensors lie in the file, and nothing of them is read before it is used; what is written to them stays in this process.</param>
    /// <param name="keepForeign">Whether objects of types that are not known become a <see cref="ForeignObject"/> each, which says what they are, instead of being refused.</param>
    /// <exception cref="TensorFileException">The file is damaged, or holds what is refused; the message says what.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PyTorchFile Open(string path, bool map = false, bool keepForeign = false) => Open(FileBytes.Open(path, map), keepForeign);

    /// <summary>Reads from a stream that can seek; the stream is closed with this object.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="keepForeign">As above.</param>
    /// <exception cref="TensorFileException">It is damaged, or holds what is refused; the message says what.</exception>
    public static PyTorchFile Open(Stream stream, string source = "The stream", bool keepForeign = false) => Open(new FileBytes(stream, source), keepForeign);

    internal static PyTorchFile Open(FileBytes file, bool keepForeign = false)
    {
        try
        {
            return new(file, keepForeign);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Which of PyTorch's containers it is: <c>zip</c>, <c>legacy</c> or <c>tar</c>.</summary>
    public string Container => _container.Name;

    /// <summary>
    /// All that was saved: null, <see cref="bool"/>, <see cref="long"/>, <see cref="BigInteger"/>, <see cref="double"/>, <see cref="Complex"/>, <see cref="string"/>,
    /// byte[], a <see cref="PyTorchTensor"/>, a list or tuple (<see cref="IReadOnlyList{T}"/> of these), a dictionary (<see cref="IReadOnlyDictionary{TKey, TValue}"/>),
    /// or a <see cref="ForeignObject"/>. Of an element type there is an object whose text is its name: <c>float32</c>.
    /// </summary>
    public object? Content => _container.Content;

    /// <summary>
    /// All tensors in it, with names that tell the way to them: <c>state_dict.conv1.weight</c>, <c>optimizer.state.0.exp_avg</c>. A tensor that is all of the file has no name.
    /// </summary>
    public ImmutableArray<(string Name, PyTorchTensor Tensor)> Tensors { get; }

    /// <summary>Reads a tensor. Those that share their numbers in the file share their memory; strides are those of the file.</summary>
    /// <param name="tensor">One of this file.</param>
    /// <exception cref="TensorFileException">No tensor can hold its elements, or they are damaged.</exception>
    public Tensor Load(PyTorchTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.DType is null) throw _file.Error($"it holds {tensor.Type.Name} numbers, which tensors here cannot hold; convert them where they were written");
        if (tensor.Numel > 0 && tensor.Bytes > 4 * _file.Length + (1 << 20))
            throw _file.Error($"a tensor {tensor} repeats its numbers until they are more than four times the file; save it without that");
        Shape shape = Shape.Create([.. tensor.Shape.Select(n => (int)n)]);
        var elements = tensor.Storage.Read(_file, _container.Zip, tensor.Type);
        var view = new RegionOp(elements.Layout, new Layout(shape, tensor.Strides.AsSpan(), tensor.Offset)).Apply(elements);
        if (tensor.Type.IsWidened) view = Unsigned.Widen(view) ?? throw _file.Error($"it holds a number of 2⁶³ or more, which tensors here cannot hold; convert it where it was written");
        if (tensor.IsConjugate) view = view.Conj();
        return tensor.IsNegative ? -view : view;
    }

    /// <summary>Reads all tensors of a file under the names of <see cref="Tensors"/>.</summary>
    /// <inheritdoc cref="Open(string, bool, bool)"/>
    public static IReadOnlyDictionary<string, Tensor> Load(string path, bool map = false, bool keepForeign = false)
    {
        using var file = Open(path, map, keepForeign);
        OrderedDictionary<string, Tensor> tensors = new(file.Tensors.Length);
        foreach (var (name, tensor) in file.Tensors) tensors.Add(name, file.Load(tensor));
        return tensors;
    }

    /// <summary>Writes named tensors as <c>torch.save(model.state_dict(), path)</c> would, whole or not at all: <c>torch.load(path, weights_only=True)</c> reads them.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">Each name once; views and tensors of other devices are copied on the way.</param>
    /// <exception cref="TensorFileException">A name occurs twice.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        new PyTorchWriter(tensors.Select(t => KeyValuePair.Create(t.Key, (object?)t.Value))).Save(path);
    }

    /// <summary>Writes named values: tensors, texts, numbers, truth values, null, and lists and dictionaries of these, such as a model together with its settings.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="content">Each name once.</param>
    /// <exception cref="TensorFileException">A name occurs twice, or a value is of another type.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <example><code>
    /// PyTorchFile.SaveContent("checkpoint.pt", new Dictionary&lt;string, object?&gt; { ["epoch"] = 3, ["model"] = new Linear(3, 1).StateDict() });
    /// Console.WriteLine(string.Join(", ", PyTorchFile.Load("checkpoint.pt").Keys)); // → model.weight, model.bias
    /// </code></example>
    public static void SaveContent(string path, IEnumerable<KeyValuePair<string, object?>> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        new PyTorchWriter(content).Save(path);
    }

    /// <summary>Closes the file. Tensors that were loaded stay.</summary>
    public void Dispose() => _file.Dispose();
}
