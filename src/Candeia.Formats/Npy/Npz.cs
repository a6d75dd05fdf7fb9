using System.Collections.Immutable;

namespace Candeia;

/// <summary>NumPy's archives of named arrays: <c>numpy.savez</c>, <c>numpy.savez_compressed</c> and <c>numpy.load</c>.</summary>
public static class Npz
{
    const string Extension = ".npy";

    /// <summary>Reads all arrays of an archive, in its order, stored or deflated. See <see cref="Npy.Load"/> for what each may be.</summary>
    /// <param name="path">A file that ends in <c>.npz</c>.</param>
    /// <exception cref="TensorFileException">The file is damaged, or holds what no tensor can be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <example><code>
    /// Npz.Save("batch.npz", new Dictionary&lt;string, Tensor&gt; { ["x"] = Tensor.Ones([4, 2]), ["y"] = Tensor.Arange(4) }, compress: true);
    /// Console.WriteLine(string.Join(", ", Npz.Load("batch.npz").Keys));    // → x, y
    /// </code></example>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var file = FileBytes.Open(path);
        OrderedDictionary<string, Tensor> tensors = [];
        foreach (var (name, array) in Arrays(file, new(file))) tensors.Add(name, array.Load());
        return tensors;
    }

    /// <summary>Writes an archive of named arrays, whole or not at all.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">Each name once.</param>
    /// <param name="compress">Whether they are deflated.</param>
    /// <exception cref="TensorFileException">A name occurs twice, or NumPy has no numbers of some type (bfloat16).</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ImmutableArray<(string Name, byte[] Header, Tensor Tensor)> all = [.. tensors.Select(t => (t.Key, NpyHeader.Of(t.Value), t.Value))];
        if (all.CountBy(t => t.Name).FirstOrDefault(n => n.Value > 1) is { Key: { } twice }) throw new TensorFileException($"Two arrays are named {TensorFileException.Quote(twice)}; an archive needs one name for each.");
        WholeFile.Write(path, stream =>
        {
            var zip = new ZipWriter(stream);
            foreach (var (name, header, tensor) in all) zip.Add(name + Extension, NpyHeader.Alignment, compress, target => Npy.Write(target, header, tensor));
            zip.Finish();
        });
    }

    /// <summary>The arrays of an archive, in its order.</summary>
    internal static IEnumerable<(string Name, NpyArray Array)> Arrays(FileBytes file, ZipDirectory zip)
    {
        foreach (var entry in zip.Entries)
        {
            if (!entry.Name.EndsWith(Extension, StringComparison.Ordinal)) throw file.Error($"{TensorFileException.Quote(entry.Name)} is in the archive, which should hold {Extension} arrays alone");
            yield return (entry.Name[..^Extension.Length], new(file, zip, entry));
        }
    }
}
