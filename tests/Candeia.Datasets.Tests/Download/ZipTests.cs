using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Datasets.Tests;

public sealed class ZipTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public static byte[] Make(params (string Name, byte[] Content)[] entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                bool packed = name.EndsWith(".zip", StringComparison.Ordinal);
                using var entry = zip.CreateEntry(name, packed ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    string Put(byte[] zip)
    {
        File.WriteAllBytes(_folder["a.zip"], zip);
        return _folder["a.zip"];
    }

    [Fact]
    public void A_good_archive_passes() => Zip.Verify(Put(Make(("a", new byte[100_000]), ("b.zip", [1, 2, 3]))), 1 << 20);

    [Fact]
    public void Truncated_archives_are_refused()
    {
        byte[] zip = Make(("a", new byte[1000]));
        for (int length = 0; length < zip.Length; length++) Assert.Throws<DatasetException>(() => Zip.Verify(Put(zip[..length]), 1 << 20));
    }

    [Fact]
    public void A_changed_byte_of_content_is_found()
    {
        byte[] content = new byte[1000];
        new Random(1).NextBytes(content);
        byte[] zip = Make(("a.zip", content));
        zip[500] ^= 1;
        var fault = Assert.Throws<DatasetException>(() => Zip.Verify(Put(zip), 1 << 20));
        Assert.Equal($"'a.zip' in '{_folder["a.zip"]}' is damaged; delete the archive and get it again.", fault.Message);
    }

    [Fact]
    public void Bombs_are_refused_before_they_unpack()
    {
        string zip = Put(Make(("a", new byte[2 << 20])));
        Assert.Throws<DatasetException>(() => Zip.Verify(zip, 1 << 20));
        using var archive = Zip.Open(zip);
        using var target = new MemoryStream();
        Assert.Throws<DatasetException>(() => Zip.Copy(zip, archive.Entries[0], target, 1 << 20));
        Assert.Equal(0, target.Length);
    }

    [Fact]
    public void An_understated_size_is_found()
    {
        byte[] zip = Make(("a", new byte[100_000]));
        int directory = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), 10); // the uncompressed size
        Assert.Throws<DatasetException>(() => Zip.Verify(Put(zip), 1 << 20));
    }

    [Fact]
    public void No_change_of_bytes_does_anything_else()
    {
        byte[] zip = Make(("one", new byte[300]), ("two.zip", [.. Enumerable.Range(0, 200).Select(i => (byte)i)]));
        var mutation = Gen.Zip(Gen.Choose(0, zip.Length - 1), Gen.Choose(0, 255)).ListOf();
        Prop.ForAll(mutation.ToArbitrary(), changes =>
        {
            byte[] changed = [.. zip];
            foreach (var (at, value) in changes) changed[at] = (byte)value;
            try
            {
                Zip.Verify(Put(changed), 1 << 20);
            }
            catch (DatasetException)
            {
            }
        }).Try(500);
    }

    public void Dispose() => _folder.Dispose();
}
