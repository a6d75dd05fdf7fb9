using System.IO.Compression;

namespace Candeia;

/// <summary>MATLAB's files of named arrays, of version 5: what <c>save</c> of MATLAB writes without <c>-v7.3</c>, and SciPy's <c>savemat</c>.</summary>
public static class Mat
{
    const int HeaderBytes = 128, TagBytes = 8;

    // Deflate makes at most 1032 bytes of one.
    const long MaxInflation = 1032;

    /// <summary>Reads all real arrays of numbers of a file, in its order; texts, cells, structures, sparse and complex arrays are passed over.</summary>
    /// <remarks>
    /// Unsigned numbers of 16, 32 and 64 bits, which tensors do not have, become int32 and int64, with the same values. MATLAB has no arrays of fewer than
    /// two dimensions: a list has the shape [1, n] or [n, 1].
    /// </remarks>
    /// <param name="path">A file that ends in <c>.mat</c>.</param>
    /// <exception cref="TensorFileException">The file is damaged, or of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <example><code norun="it reads a file">
    /// var labels = Mat.Load("imagelabels.mat")["labels"];
    /// </code></example>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var file = FileBytes.Open(path);
        return Read(file);
    }

    internal static IReadOnlyDictionary<string, Tensor> Read(FileBytes file)
    {
        byte[] head = file.Head(HeaderBytes);
        if (head.Length < HeaderBytes || head[126..] is not ([(byte)'I', (byte)'M'] or [(byte)'M', (byte)'I']))
            throw file.Error($"it is no file of MATLAB 5; files of version 7.3 are HDF5, save it with -v7 instead");
        bool isBigEndian = head[126] == (byte)'M';
        OrderedDictionary<string, Tensor> arrays = [];
        for (long at = HeaderBytes; at < file.Length;)
        {
            var tag = new MatReader(file, file.Read(at, TagBytes), isBigEndian).Tag();
            at += TagBytes;
            byte[] data = file.Read(at, tag.Length);
            at += tag.Length;
            if (tag.Type == MatType.Compressed) data = Inflate(file, data, isBigEndian);
            else if (tag.Type != MatType.Matrix) continue;
            if (new MatReader(file, data, isBigEndian).Array() is var (name, array)) arrays[name] = array;
        }
        return arrays;
    }

    /// <summary>The matrix in compressed data; memory is taken for what deflate can make of it, no more.</summary>
    static byte[] Inflate(FileBytes file, byte[] packed, bool isBigEndian)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            byte[] tag = new byte[TagBytes];
            zlib.ReadExactly(tag);
            var (type, length) = new MatReader(file, tag, isBigEndian).Tag();
            if (type != MatType.Matrix) return [];
            if (length > Math.Min(packed.Length * MaxInflation, Array.MaxLength)) throw file.Error($"{packed.Length:N0} compressed bytes cannot hold the {length:N0} that are announced");
            byte[] data = new byte[length];
            zlib.ReadExactly(data);
            return data;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw file.Error($"compressed data are damaged", fault);
        }
    }
}
