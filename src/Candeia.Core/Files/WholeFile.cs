using System.Text;

namespace Candeia;

/// <summary>Files that are there as a whole or not at all: written under a temporary name in the same folder, then moved into place.</summary>
public static class WholeFile
{
    static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text as UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, s_utf8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    public static void Write(string path, byte[] bytes) => Write(path, stream => stream.Write(bytes));

    /// <summary>
    /// Writes what a function puts into a stream; a file of that name is replaced once the new one is complete and on the disk, or together with others
    /// (<see cref="FilesTogether"/>). A missing folder is made.
    /// </summary>
    /// <exception cref="IOException">It cannot be written; what was there before is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, Temporary(path, $"{Guid.NewGuid():N}"));
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (FilesTogether.Take(temporary, path)) return;
            Put(temporary, path);
        }
        catch (Exception e)
        {
            File.Delete(temporary);
            if (e is IOException && IsFull(e.HResult))
                throw new IOException($"There is no room left for {path}; what was there before is as it was. Free some space, or name another folder.", e);
            throw;
        }
    }

    /// <summary>
    /// Moves a file to where it belongs. Windows refuses that while somebody has the old one open, a virus scanner or whoever looks at a checkpoint: it is
    /// tried for two seconds more.
    /// </summary>
    /// <exception cref="IOException">The file that is there cannot be replaced.</exception>
    internal static void Put(string temporary, string path)
    {
        for (int tries = 20; ; tries--)
            try
            {
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows() && File.Exists(path))
            {
                if (tries == 0) throw new IOException($"'{path}' cannot be replaced, because it may not be written or another program has it open; what was there before is as it was.", e);
                Thread.Sleep(100);
            }
    }

    /// <summary>Whether a disk, or what a user may have of it, is full: ENOSPC, EDQUOT, ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL.</summary>
    static bool IsFull(int code) => OperatingSystem.IsWindows() ? (code & 0xFFFF) is 112 or 39 : code is 28 or 122 or 69;

    /// <summary>Deletes what processes have left that were killed while they wrote this file. No other may be writing it.</summary>
    public static void CleanUp(string path)
    {
        path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) return;
        foreach (string left in Directory.EnumerateFiles(folder, Temporary(path, new string('?', 32)))) File.Delete(left);
    }

    static string Temporary(string path, string unique) => $".{Path.GetFileName(path)}.{unique}.tmp";
}
