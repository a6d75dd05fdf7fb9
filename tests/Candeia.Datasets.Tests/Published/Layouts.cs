using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Candeia.Images;

namespace Candeia.Datasets.Tests;

/// <summary>Published data sets with a handful of tiny pictures, in the very layout of their archives.</summary>
static class Layouts
{
    /// <summary>A picture of one colour, by its number. PNG files are read under any name.</summary>
    public static byte[] Picture(int number, int width = 4, int height = 3)
    {
        var image = new Image(width, height, PixelFormat.Rgb);
        image.Pixels.Fill((byte)number);
        return image.Encode();
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>An archive by the ending of its name; no archive is the one file.</summary>
    public static void Write(string path, params (string Name, byte[] Bytes)[] files)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Archive(path, files));
    }

    public static byte[] Archive(string path, params (string Name, byte[] Bytes)[] files)
    {
        if (path.EndsWith(".zip", StringComparison.Ordinal)) return MadeArchives.Zip(files);
        if (!path.Contains(".tar", StringComparison.Ordinal) && !path.EndsWith(".tgz", StringComparison.Ordinal)) return Assert.Single(files).Bytes;
        var memory = new MemoryStream();
        using (var outer = path.EndsWith(".tar", StringComparison.Ordinal) ? (Stream)memory : new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(outer, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, bytes) in files) tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        return memory.ToArray();
    }
}
