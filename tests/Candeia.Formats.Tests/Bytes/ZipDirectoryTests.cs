using System.Buffers.Binary;
using System.IO.Compression;

namespace Candeia.Tests;

/// <summary>Archives in which two readers could see different things, or that take more than they hold.</summary>
public class ZipDirectoryTests
{
    static readonly byte[] s_data = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    static byte[] Archive() => PtBytes.ZipOf(CompressionLevel.NoCompression, ("a", s_data), ("b", s_data[..100]));

    static ZipDirectory Open(byte[] bytes) => new(new FileBytes(new MemoryStream(bytes), "test"));

    static string Refused(byte[] bytes)
    {
        string message = Assert.Throws<TensorFileException>(() =>
        {
            var zip = Open(bytes);
            foreach (var entry in zip.Entries) zip.Read(entry);
        }).Message;
        Assert.StartsWith("test: ", message, StringComparison.Ordinal);
        return message;
    }

    static int Central(byte[] zip, int index = 0)
    {
        int at = 0;
        for (int i = 0; i <= index; i++) at += 1 + zip.AsSpan(at + 1).IndexOf("PK\u0001\u0002"u8);
        return at;
    }

    static byte[] Changed(int at, params byte[] bytes)
    {
        byte[] zip = Archive();
        bytes.CopyTo(zip, at);
        return zip;
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Reads_what_others_write(CompressionLevel level)
    {
        var zip = Open(PtBytes.ZipOf(level, ("x/a", s_data), ("é", new byte[100_000]), ("empty", [])));
        Assert.Equal(["x/a", "é", "empty"], zip.Entries.Select(e => e.Name));
        Assert.Equal(s_data, zip.Read(zip.Entries[0]));
        Assert.Equal(new byte[100_000], zip.Read(zip.Entries[1]));
        Assert.Empty(zip.Read(zip.Entries[2]));
        Assert.Equal(s_data[..7], zip.Head(zip.Entries[0], 7));
    }

    [Fact]
    public void Others_read_what_is_written_and_it_lies_where_it_should()
    {
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        stream.Position = 0;
        var writer = new ZipWriter(stream);
        foreach (int alignment in (int[])[1, 64, 64, 4096])
            foreach (bool compress in (bool[])[false, true]) writer.Add($"{alignment}{compress}{stream.Position}", alignment, compress, s => s.Write(s_data));
        writer.Finish();
        using var theirs = new ZipArchive(new MemoryStream(stream.ToArray()));
        var ours = Open(stream.ToArray());
        Assert.Equal(theirs.Entries.Select(e => e.FullName), ours.Entries.Select(e => e.Name));
        foreach (var (t, o) in theirs.Entries.Zip(ours.Entries))
        {
            using var source = t.Open();
            var copy = new MemoryStream();
            source.CopyTo(copy);
            Assert.Equal(s_data, copy.ToArray());
            Assert.Equal(s_data, ours.Read(o));
            if (o.Name.StartsWith("64", StringComparison.Ordinal)) Assert.Equal(0, o.Start % 64);
            if (o.Name.StartsWith("4096", StringComparison.Ordinal)) Assert.Equal(0, o.Start % 4096);
        }
    }

    [Fact]
    public void Headers_that_disagree_are_refused()
    {
        int central = Central(Archive());
        Assert.Contains("another name", Refused(Changed(30, (byte)'c')), StringComparison.Ordinal);
        Assert.Contains("another method", Refused(Changed(8, 8)), StringComparison.Ordinal);
        Assert.Contains("other flags", Refused(Changed(6, 2)), StringComparison.Ordinal);
        Assert.Contains("another check", Refused(Changed(14, 1, 2, 3, 4)), StringComparison.Ordinal);
        Assert.Contains("other sizes", Refused(Changed(22, 1)), StringComparison.Ordinal);
        Assert.Contains("cannot have", Refused(Changed(central + 24, 1)), StringComparison.Ordinal);
        Assert.Contains("not where", Refused(Changed(central + 42, 1)), StringComparison.Ordinal);
        Assert.Contains("does not lie", Refused(Changed(central + 42, 0xff, 0xff, 0xff, 0x7f)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_encrypted_damaged_or_there_twice_is_refused()
    {
        byte[] zip = Archive();
        zip[6] |= 1;
        zip[Central(zip) + 8] |= 1;
        Assert.Contains("encrypted", Refused(zip), StringComparison.Ordinal);
        Assert.Contains("damaged", Refused(Changed(40, 0xff)), StringComparison.Ordinal);
        Assert.Contains("twice", Refused(PtBytes.ZipOf(CompressionLevel.NoCompression, ("a", s_data), ("a", s_data))), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_that_overlap_are_refused()
    {
        byte[] zip = Archive();
        int first = Central(zip), second = Central(zip, 1);
        zip.AsSpan(first + 42, 4).CopyTo(zip.AsSpan(second + 42));           // both at the same place
        zip[second + 46] = (byte)'a';
        Refused(zip);
    }

    [Fact]
    public void A_directory_elsewhere_than_at_the_end_is_refused()
    {
        byte[] zip = Archive();
        Refused([.. zip, 0]);
        Refused([0, .. zip]);
        Refused(zip[..^1]);
        Refused(zip[..(zip.Length / 2)]);
        byte[] comment = [.. zip, .. zip];                                  // one archive as the comment of the other
        BinaryPrimitives.WriteUInt16LittleEndian(comment.AsSpan(zip.Length - 2), (ushort)zip.Length);
        Refused(comment);
        byte[] more = Archive();
        BinaryPrimitives.WriteUInt16LittleEndian(more.AsSpan(more.Length - 12), 60000);
        BinaryPrimitives.WriteUInt16LittleEndian(more.AsSpan(more.Length - 14), 60000);
        Assert.Contains("60,000", Refused(more), StringComparison.Ordinal);
    }

    [Fact]
    public void Bombs_are_refused_before_they_go_off()
    {
        byte[] zip = PtBytes.ZipOf(CompressionLevel.Optimal, ("a", new byte[1000]));
        int central = Central(zip);
        foreach (int at in (int[])[22, central + 24]) BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at), 0x7fff_ffff);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("cannot have", Refused(zip), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        foreach (int at in (int[])[22, central + 24]) BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at), 999);
        Refused(zip);
        foreach (int at in (int[])[22, central + 24]) BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at), 1001);
        Refused(zip);
    }
}
