using System.Formats.Tar;
using System.IO.Compression;

namespace Candeia.Datasets;

/// <summary>
/// Unpacking of archives that may be damaged or hostile: nothing is written outside of the folder, links are passed over, and no file grows beyond a
/// limit.
/// </summary>
public static class Archives
{
    /// <summary>Unpacks a zip archive; files that are there already are replaced.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">Where its files go; made if it is not there.</param>
    /// <param name="mostFileBytes">How many bytes one file may have.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The files, as paths under the folder.</returns>
    /// <exception cref="DatasetException">The archive is damaged, or a file in it is larger or would lie outside of the folder.</exception>
    public static IReadOnlyList<string> Unzip(string archive, string folder, long mostFileBytes = 1L << 32, CancellationToken cancel = default)
    {
        using var zip = Zip.Open(archive);
        List<string> files = [];
        foreach (var entry in zip.Entries.Where(e => !e.FullName.EndsWith('/')))
        {
            cancel.ThrowIfCancellationRequested();
            string path = Inside(archive, folder, entry.FullName);
            WholeFile.Write(path, target => Zip.Copy(archive, entry, target, mostFileBytes, cancel));
            files.Add(path);
        }
        return files;
    }

    /// <summary>Unpacks a tar archive, compressed by gzip or not; files that are there already are replaced.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">Where its files go; made if it is not there.</param>
    /// <param name="mostFileBytes">How many bytes one file may have.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The files, as paths under the folder.</returns>
    /// <exception cref="DatasetException">The archive is damaged, or a file in it is larger or would lie outside of the folder.</exception>
    public static IReadOnlyList<string> Untar(string archive, string folder, long mostFileBytes = 1L << 32, CancellationToken cancel = default)
    {
        using var stream = OrdinaryFile.Open(archive);
        bool compressed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        using var plain = compressed ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        List<string> files = [];
        try
        {
            using var tar = new TarReader(plain);
            while (tar.GetNextEntry() is { } entry)
            {
                cancel.ThrowIfCancellationRequested();
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
                if (entry.Length > mostFileBytes) throw new DatasetException($"'{entry.Name}' in '{archive}' has {entry.Length} bytes, more than the {mostFileBytes} it may have; get the archive again.");
                string path = Inside(archive, folder, entry.Name);
                WholeFile.Write(path, target => entry.DataStream?.CopyTo(target));
                files.Add(path);
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new DatasetException($"'{archive}' is no complete tar archive; delete it and get it again.", fault);
        }
        return files.Count > 0 ? files : throw new DatasetException($"'{archive}' has no files in it; delete it and get it again.");
    }

    static string Inside(string archive, string folder, string name)
    {
        string root = Path.GetFullPath(folder), path = Path.GetFullPath(Path.Combine(root, name.Replace('\\', '/')));
        if (!path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
            throw new DatasetException($"'{name}' in '{archive}' would lie outside of '{folder}'; it is not the archive it should be.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
