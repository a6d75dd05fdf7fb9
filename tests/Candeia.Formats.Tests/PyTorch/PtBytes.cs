using System.IO.Compression;
using System.Text;

namespace Candeia.Tests;

/// <summary>Pickles and archives put together by hand.</summary>
static class PtBytes
{
    /// <summary>The beginning of files of PyTorch 1.5: the number, the version, the machine.</summary>
    public static byte[] LegacyHead =>
    [
        0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.', 0x80, 2, (byte)'M', 0xe9, 3, (byte)'.', 0x80, 2, (byte)'}', (byte)'.',
    ];

    /// <summary>A pickle in the older container; behind it, the keys of storages and their bytes.</summary>
    public static byte[] Legacy(byte[] pickle, params byte[] rest) => [.. LegacyHead, .. pickle, .. rest.Length > 0 ? rest : Op("\u0080\u0002].")];

    /// <summary>A pickle in an archive, with one storage of four floats, 0 to 3.</summary>
    public static byte[] Zip(byte[] pickle, params (string Name, byte[] Bytes)[] others)
    {
        using var stream = new MemoryStream();
        var zip = new ZipWriter(stream);
        (string, byte[])[] entries = [("m/data.pkl", pickle), ("m/data/0", Floats(4)), ("m/version", "3\n"u8.ToArray()), .. others];
        foreach (var (name, bytes) in entries) zip.Add(name, 64, compress: false, s => s.Write(bytes));
        zip.Finish();
        return stream.ToArray();
    }

    /// <summary>The same archive as another program might write it.</summary>
    public static byte[] ZipOf(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in entries)
            {
                using var target = zip.CreateEntry(name, level).Open();
                target.Write(bytes);
            }
        return stream.ToArray();
    }

    public static byte[] Floats(int count)
    {
        byte[] bytes = new byte[4 * count];
        for (int i = 0; i < count; i++) BitConverter.TryWriteBytes(bytes.AsSpan(4 * i), (float)i);
        return bytes;
    }

    /// <summary>Instructions as text, each sign a byte.</summary>
    public static byte[] Op(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A text of a pickle.</summary>
    public static string Text(string text) => $"X{(char)text.Length}\0\0\0{text}";

    /// <summary>A whole number of a pickle.</summary>
    public static string Whole(long value) => "\u008a\u0008" + Encoding.Latin1.GetString(BitConverter.GetBytes(value));

    /// <summary>A tensor of a pickle.</summary>
    public static string Tensor(string type = "FloatStorage", long count = 4, long offset = 0, long[]? shape = null, long[]? strides = null, string key = "0", string function = "_rebuild_tensor_v2", string end = "\u0089ccollections\nOrderedDict\n)R") =>
        $"ctorch._utils\n{function}\n(({Text("storage")}ctorch\n{type}\n{Text(key)}{Text("cpu")}{Whole(count)}tQ{Whole(offset)}({string.Concat((shape ?? [4]).Select(Whole))}t({string.Concat((strides ?? [1]).Select(Whole))}t{end}tR";

    /// <summary>A dictionary with one entry.</summary>
    public static byte[] Dictionary(string value) => Op($"\u0080\u0002}}{Text("x")}{value}s.");
}
