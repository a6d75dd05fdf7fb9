using System.Buffers;
using System.IO.Compression;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Reading of zip archives that may be damaged or hostile: names are never used as paths, and every entry is measured and checked.</summary>
internal static class Zip
{
    const int BufferBytes = 1 << 16;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="DatasetException">It is no zip archive, or a truncated one.</exception>
    public static ZipArchive Open(string path)
    {
        if (OrdinaryFile.IsEmpty(path)) throw new DatasetException($"'{path}' is empty and no zip archive; delete it and get it again.");
        var stream = OrdinaryFile.Open(path);
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            _ = archive.Entries; // reads the directory
            return archive;
        }
        catch (InvalidDataException fault)
        {
            stream.Dispose();
            throw new DatasetException($"'{path}' is no complete zip archive; delete it and get it again.", fault);
        }
    }

    /// <summary>Reads every entry and compares its checksum.</summary>
    /// <exception cref="DatasetException">Something is damaged, or unpacked it would be larger than <paramref name="mostBytes"/>.</exception>
    public static void Verify(string path, long mostBytes, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        using var archive = Open(path);
        long total = 0, done = 0;
        foreach (var entry in archive.Entries) total += Math.Min(entry.Length, mostBytes + 1 - total);
        if (total > mostBytes)
            throw new DatasetException($"'{path}' would unpack to more than {mostBytes} bytes; it is not the archive it should be.");
        foreach (var entry in archive.Entries)
        {
            Copy(path, entry, Stream.Null, mostBytes, cancel);
            progress?.Report(new(DataStage.Verifying, done += entry.Length, total));
        }
    }

    /// <summary>Copies an entry of at most <paramref name="mostBytes"/> bytes.</summary>
    /// <exception cref="DatasetException">It is larger, or damaged.</exception>
    public static void Copy(string path, ZipArchiveEntry entry, Stream target, long mostBytes, CancellationToken cancel = default)
    {
        if (entry.Length > mostBytes)
            throw new DatasetException(
                $"'{entry.FullName}' in '{path}' has {entry.Length} bytes, more than the {mostBytes} it may have; get the archive again.");
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var source = entry.Open();
            uint crc = 0;
            long length = 0;
            for (int count; (count = source.Read(buffer)) > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                if ((length += count) > entry.Length) break;
                crc = Crc32.Of(buffer.AsSpan(0, count), crc);
                target.Write(buffer, 0, count);
            }
            if (length != entry.Length || crc != entry.Crc32) throw new InvalidDataException("The checksum is wrong.");
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw new DatasetException($"'{entry.FullName}' in '{path}' is damaged; delete the archive and get it again.", fault);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
