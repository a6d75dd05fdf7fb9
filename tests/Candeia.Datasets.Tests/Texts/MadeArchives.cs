using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Candeia.Datasets.Tests;

/// <summary>Archives in the layouts of the data sets.</summary>
static class MadeArchives
{
    public static void TarGz(string path, params (string Name, string Text)[] files)
    {
        using var file = File.Create(path);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(packed, TarEntryFormat.Ustar);
        foreach (var (name, text) in files)
            tar.WriteEntry(name.EndsWith('/') ? new UstarTarEntry(TarEntryType.Directory, name)
                : new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        return memory.ToArray();
    }
}
