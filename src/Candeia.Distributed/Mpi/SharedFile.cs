using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Candeia.Distributed;

/// <summary>
/// A file in memory that processes of one machine map together. It never has a name, so that nothing of it is left, however they end; the others find it as
/// a file that the first has opened, which Linux shows.
/// </summary>
internal static class SharedFile
{
    /// <summary>The variable that, set and empty, has ranks of one machine send messages instead.</summary>
    public const string Variable = "CANDEIA_SHARED_MEMORY";

    /// <summary>What two processes have in common if one can open what the other has; null where there is no such thing.</summary>
    public static string? Place()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable) is { Length: 0 }) return null;
        try
        {
            return $"{Environment.MachineName} {File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where other processes find a file of this one.</summary>
    public static string PathOf(SafeFileHandle file) => $"/proc/{Environment.ProcessId}/fd/{file.DangerousGetHandle()}";

    /// <summary>Opens that of another process; null where it is not there, or not of this length.</summary>
    public static SafeFileHandle? Open(string path, long bytes)
    {
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (RandomAccess.GetLength(file) == bytes) return file;
            file.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Its memory, for which the file need not stay open; null where it cannot be mapped.</summary>
    public static SafeBuffer? Map(SafeFileHandle file, long bytes)
    {
        try
        {
            using var map = MemoryMappedFile.CreateFromFile(file, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            return map.CreateViewAccessor(0, bytes).SafeMemoryMappedViewHandle;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return null;
        }
    }
}
