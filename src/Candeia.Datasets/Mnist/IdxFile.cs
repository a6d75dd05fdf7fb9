using System.Buffers.Binary;
using System.IO.Compression;

namespace Candeia.Datasets;

/// <summary>
/// IDX files, the format of MNIST: two zero bytes, a type, the number of dimensions, their sizes, and the values, all big-endian; plain, or compressed
/// with gzip.
/// </summary>
/// <remarks>Source: the page of Yann LeCun, Corinna Cortes and Christopher Burges, <i>The MNIST database of handwritten digits</i>.</remarks>
public static class IdxFile
{
    /// <summary>How many bytes of values a file may have to be read.</summary>
    internal const long MostBytes = 1L << 30;

    const long GzipMost = 1032;                            // deflate never makes more than 1032 bytes of one
    const int GzipMagic = 0x8B1F;

    /// <summary>The values of a file as a tensor: bytes as uint8, signed bytes and 16-bit integers as int32, and the rest as what it is.</summary>
    /// <exception cref="DatasetException">The file is missing, damaged, or has more than 2³⁰ bytes unpacked.</exception>
    public static Tensor Read(string path)
    {
        var (header, data) = ReadRaw(path);
        Tensor Of<T>(int size, Func<ReadOnlySpan<byte>, T> one) where T : unmanaged
        {
            var values = new T[data.Length / size];
            for (int i = 0; i < values.Length; i++) values[i] = one(data.AsSpan(i * size));
            return Tensor.From(values, header.Shape);
        }
        return header.Type switch
        {
            IdxType.UInt8 => Tensor.From(data, header.Shape),
            IdxType.Int8 => Of(1, b => (sbyte)b[0]),
            IdxType.Int16 => Of(2, BinaryPrimitives.ReadInt16BigEndian),
            IdxType.Int32 => Of(4, BinaryPrimitives.ReadInt32BigEndian),
            IdxType.Float32 => Of(4, BinaryPrimitives.ReadSingleBigEndian),
            IdxType.Float64 => Of(8, BinaryPrimitives.ReadDoubleBigEndian),
            var other => throw new InvalidOperationException($"The header has let the type {other} pass."),
        };
    }

    /// <summary>Writes a tensor of uint8, int8, int16, int32, float32 or float64, whole or not at all; compressed where the name ends in <c>.gz</c>.</summary>
    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static void Write(string path, Tensor values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(values);
        byte[] file = Encode(values);
        WholeFile.Write(path, stream =>
        {
            if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                stream.Write(file);
                return;
            }
            using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(file);
        });
    }

    /// <summary>The header of a file, and the bytes of its values as they stand there.</summary>
    internal static (IdxHeader Header, byte[] Data) ReadRaw(string path)
    {
        try
        {
            using var file = OrdinaryFile.Open(path);
            Span<byte> start = stackalloc byte[2];
            bool zipped = file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && BinaryPrimitives.ReadUInt16LittleEndian(start) == GzipMagic;
            file.Position = 0;
            using Stream content = zipped ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
            var header = IdxHeader.Read(content, path);
            // Memory is taken only for what the file can hold.
            if (header.DataBytes > MostBytes || header.DataBytes > file.Length * (zipped ? GzipMost : 1))
                throw new DatasetException($"'{path}' announces {header.Shape} values, more than it can hold; get the file again.");
            var data = new byte[header.DataBytes];
            int there = content.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
            if (there < data.Length)
                throw new DatasetException($"'{path}' ends after {there} of {data.Length} bytes of values; get the file again.");
            if (content.ReadByte() >= 0)
                throw new DatasetException($"'{path}' goes on after its {header.Shape} values; get the file again.");
            return (header, data);
        }
        catch (InvalidDataException fault)
        {
            throw new DatasetException($"'{path}' is damaged: it cannot be unpacked; get the file again.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{path}' cannot be read ({fault.Message.TrimEnd('.')}); name another file, or check its permissions.", fault);
        }
    }

    static byte[] Encode(Tensor values)
    {
        (IdxType type, int size) = values.DType switch
        {
            DType.UInt8 => (IdxType.UInt8, 1),
            DType.Int8 => (IdxType.Int8, 1),
            DType.Int16 => (IdxType.Int16, 2),
            DType.Int32 => (IdxType.Int32, 4),
            DType.Float32 => (IdxType.Float32, 4),
            DType.Float64 => (IdxType.Float64, 8),
            var other => throw new ArgumentException($"IDX files have no {other}; convert the tensor to UInt8, Int8, Int16, Int32, Float32 or Float64.", nameof(values)),
        };
        var header = new IdxHeader(type, values.Shape);
        var file = new byte[header.Bytes + header.DataBytes];
        header.Write(file);
        var data = file.AsMemory(header.Bytes);
        switch (type)
        {
            case IdxType.UInt8 or IdxType.Int8: values.ReadBytes(bytes => bytes.CopyTo(data.Span)); break;
            case IdxType.Int16: Put(values.ToArray<short>(), BinaryPrimitives.WriteInt16BigEndian); break;
            case IdxType.Int32: Put(values.ToArray<int>(), BinaryPrimitives.WriteInt32BigEndian); break;
            case IdxType.Float32: Put(values.ToArray<float>(), BinaryPrimitives.WriteSingleBigEndian); break;
            case IdxType.Float64: Put(values.ToArray<double>(), BinaryPrimitives.WriteDoubleBigEndian); break;
            default: throw new InvalidOperationException($"There is no way to write {type}.");
        }
        return file;

        void Put<T>(T[] numbers, Put<T> one)
        {
            for (int i = 0; i < numbers.Length; i++) one(data.Span[(i * size)..], numbers[i]);
        }
    }

    delegate void Put<in T>(Span<byte> target, T value);
}
