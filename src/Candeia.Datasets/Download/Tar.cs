using System.Formats.Tar;
using System.IO.Compression;

namespace Candeia.Datasets;

/// <summary>Reading of tar archives, compressed by gzip or not, that may be damaged or hostile: links are passed over, and names are no paths yet.</summary>
internal static class Tar
{
    /// <summary>The files in an archive, in its order. Each is read before the next is asked for, or passed over; behind the last, gzip's checksum is compared.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="mostBytes">How many bytes the archive may have in all, unpacked.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DatasetException">It is no such archive, or a damaged one, or larger than it may be.</exception>
    public static IEnumerable<TarFile> Files(string path, long mostBytes = long.MaxValue, CancellationToken cancel = default)
    {
        using var file = Guarded(path, () => OrdinaryFile.Open(path));
        bool isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using var unpacked = new BoundedStream(isPacked ? new GZipStream(file, CompressionMode.Decompress) : file, mostBytes);
        using var tar = new TarReader(unpacked);
        while (Guarded(path, () => tar.GetNextEntry()) is { } entry)
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile) yield return new(path, entry);
        }
        if (isPacked) Guarded(path, unpacked.ToTheEnd);                     // where the checksum of all stands
    }

    // What the library throws at a damaged archive is no one type.
    internal static T Guarded<T>(string path, Func<T> read)
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

        public bool ToTheEnd()
        {
            byte[] rest = new byte[1 << 12];
            while (Read(rest) > 0) { }
            return true;
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
