using System.Buffers.Binary;
using System.Text;

namespace Candeia.Tests;

/// <summary>Files put together by hand, and files read back through our own writer.</summary>
static class SafetensorsBytes
{
    public static byte[] Of(string json, int dataLength = 0) => Of(Encoding.UTF8.GetBytes(json), dataLength);

    public static byte[] Of(byte[] json, int dataLength)
    {
        byte[] file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    public static SafetensorsFile Open(byte[] file) => SafetensorsFile.Open(new MemoryStream(file), "test");

    /// <summary>Loads everything and saves it again, in memory.</summary>
    public static byte[] Again(byte[] file)
    {
        using var from = Open(file);
        var header = SafetensorsHeader.Arrange(from.Entries.Select(e => (e.Name, e.Type, e.Shape)), from.Metadata);
        using var to = new MemoryStream();
        SafetensorsWriter.Write(to, header, (entry, write) => write(from.Read(from[entry.Name])));
        return to.ToArray();
    }
}
