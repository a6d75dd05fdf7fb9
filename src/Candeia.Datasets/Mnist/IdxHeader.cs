using System.Buffers.Binary;

namespace Candeia.Datasets;

/// <summary>What an IDX file says of its values.</summary>
internal readonly record struct IdxHeader(IdxType Type, Shape Shape)
{
    const int MostDimensions = 8;

    /// <summary>The length of the header itself.</summary>
    public int Bytes => 4 + 4 * Shape.Rank;

    /// <summary>The length of what follows it.</summary>
    public long DataBytes => Shape.Numel * Size(Type);

    /// <summary>Reads a header from the start of a file.</summary>
    /// <exception cref="DatasetException">It is none, or describes more values than a file can hold.</exception>
    public static IdxHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[4];
        if (stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) < 4 || start[0] != 0 || start[1] != 0 || Size((IdxType)start[2]) == 0)
            throw new DatasetException($"'{path}' is no IDX file: it does not begin with two zero bytes and a known type; name another file.");
        int rank = start[3];
        if (rank > MostDimensions)
            throw new DatasetException($"'{path}' has {rank} dimensions, more than the {MostDimensions} that can be read; get the file again.");
        Span<byte> sizes = stackalloc byte[4 * rank];
        if (stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length)
            throw new DatasetException($"'{path}' ends within its header; get the file again.");
        var shape = new int[rank];
        long count = 1;
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * i)..]);
            if (size > int.MaxValue || (count *= Math.Max(1, size)) > int.MaxValue)
                throw new DatasetException($"'{path}' announces a size of {size} in dimension {i}, which cannot be; get the file again.");
            shape[i] = (int)size;
        }
        return new((IdxType)start[2], [.. shape]);
    }

    /// <summary>Writes the header to the start of a file.</summary>
    public void Write(Span<byte> file)
    {
        (file[0], file[1], file[2], file[3]) = (0, 0, (byte)Type, (byte)Shape.Rank);
        for (int i = 0; i < Shape.Rank; i++) BinaryPrimitives.WriteInt32BigEndian(file[(4 + 4 * i)..], Shape[i]);
    }

    static int Size(IdxType type) => type switch
    {
        IdxType.UInt8 or IdxType.Int8 => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Float32 => 4,
        IdxType.Float64 => 8,
        _ => 0,
    };
}
