using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>An event file that may still grow: each reading gives what has come since the last one.</summary>
sealed class WatchedFile(string path)
{
    const int MostAtOnce = 64 << 20;

    long _read;

    /// <summary>Whole records that were not there before; none of a file that is gone or damaged.</summary>
    public IReadOnlyList<TensorBoardEvent> Read()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length < _read) _read = 0;                            // another file of the same name
            if (file.Length == _read) return [];
            file.Seek(_read, SeekOrigin.Begin);
            var bytes = new byte[Math.Min(MostAtOnce, file.Length - _read)];
            var events = EventFile.Read(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
            _read += events.WholeBytes;
            return events.Events;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
