namespace Candeia;

/// <summary>NumPy's format for one array: <c>numpy.save</c> and <c>numpy.load</c>.</summary>
public static class Npy
{
    /// <summary>Reads an array: of versions 1 to 3, in C or Fortran order, in either order of bytes.</summary>
    /// <remarks>
    /// Unsigned numbers of 16, 32 and 64 bits, which tensors do not have, become int32 and int64, with the same values. Arrays of Python objects are refused:
    /// they would run code.
    /// </remarks>
    /// <param name="path">A file that ends in <c>.npy</c>.</param>
    /// <param name="map">Whether the tensor lies in the file, and nothing is read before it is used; what is written to it stays in this process.</param>
    /// <exception cref="TensorFileException">The file is damaged, or holds what no tensor can be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <example><code>
    /// Npy.Save("x.npy", Tensor.Arange(6).Reshape([2, 3]));
    /// Console.WriteLine(Npy.Load("x.npy").Shape);                          // → [2, 3]
    /// </code></example>
    public static Tensor Load(string path, bool map = false)
    {
        using var file = FileBytes.Open(path, map);
        return new NpyArray(file).Load();
    }

    /// <summary>Writes a tensor, whole or not at all.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensor">Any shape; views and tensors of other devices are copied on the way.</param>
    /// <exception cref="TensorFileException">NumPy has no numbers of its type (bfloat16).</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        byte[] header = NpyHeader.Of(tensor);
        WholeFile.Write(path, stream => Write(stream, header, tensor));
    }

    internal static void Write(Stream stream, byte[] header, Tensor tensor)
    {
        stream.Write(header);
        tensor.ReadBytes(stream.Write);
    }
}
