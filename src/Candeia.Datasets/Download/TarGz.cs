using System.Formats.Tar;
using System.IO.Compression;

namespace Candeia.Datasets;

/// <summary>Reading of archives of tar and gzip that may be damaged or hostile: nothing is unpacked to the disk, names are compared and never used as paths.</summary>
internal static class TarGz
{
    /// <summary>The files in an archive whose names are wanted, in its order.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="isWanted">Whether a file is, by its name.</param>
    /// <param name="mostBytes">How many bytes the archive may have in all, unpacked.</param>
    /// <param name="mostEntryBytes">How many bytes one file may have.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DatasetException">It is no such archive, or a damaged one, or larger than it may be.</exception>
    public static IEnumerable<(string Name, byte[] Bytes)> Files(
        string path, Func<string, bool> isWanted, long mostBytes, int mostEntryBytes, CancellationToken cancel = default)
    {
        using var file = Guarded(path, () => OrdinaryFile.Open(path));
        using var unpacked = new BoundedStream(new GZipStream(file, CompressionMode.Decompress), mostBytes);
        using var tar = new TarReader(unpacked);
        while (Guarded(path, () => tar.GetNextEntry()) is { } entry)
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !isWanted(entry.Name)) continue;
            if (entry.Length > mostEntryBytes)
                throw new DatasetException($"'{entry.Name}' in '{path}' has {entry.Length} bytes, more than the {mostEntryBytes} it may have; get the archive again.");
            byte[] bytes = new byte[entry.Length];
            Guarded(path, () =>
            {
                entry.DataStream?.ReadExactly(bytes);
                return 0;
            });
            yield return (entry.Name, bytes);
        }
    }

    // What the library throws at a damaged archive is no one type.
    static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException or ArgumentException or NotSupportedException or OverflowException or InvalidOperationException)
        {
            throw new DatasetException($"'{path}' is no complete archive of tar and gzip ({fault.Message.Split('\n')[0].TrimEnd('.')}); delete it and get it again.", fault);
        }
    }

    /// <summary>A stream that fails where it should have ended.</summary>
    sealed class BoundedStream(Stream inner, long most) : Stream
    {
        long _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = inner.Read(buffer);
            return (_read += count) <= most ? count : throw new InvalidDataException($"it would unpack to more than {most} bytes");
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
