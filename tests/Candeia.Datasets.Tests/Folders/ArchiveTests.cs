using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Candeia.Datasets.Tests;

public sealed class ArchiveTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Tar(bool compressed, params (string Name, byte[] Bytes)[] files)
    {
        using (var stream = File.Create(_folder["a.tar"]))
        using (var outer = compressed ? new GZipStream(stream, CompressionLevel.Fastest) : (Stream)stream)
        using (var tar = new TarWriter(outer))
            foreach (var (name, bytes) in files) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        return _folder["a.tar"];
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Tar_archives_are_unpacked(bool compressed)
    {
        var files = Archives.Untar(Tar(compressed, ("x/one", [1, 2]), ("two", [3])), _folder["out"]);
        Assert.Equal([Path.Combine(_folder["out"], "x", "one"), Path.Combine(_folder["out"], "two")], files);
        Assert.Equal([1, 2], File.ReadAllBytes(files[0]));
    }

    [Fact]
    public void Zip_archives_are_unpacked()
    {
        using (var zip = ZipFile.Open(_folder["a.zip"], ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("x/one").Open()) entry.Write([7]);
        Assert.Equal([7], File.ReadAllBytes(Archives.Unzip(_folder["a.zip"], _folder["out"])[0]));
    }

    [Theory]
    [InlineData("../out2/x"), InlineData("/etc/x"), InlineData("..\\x")]
    public void Nothing_is_written_outside_of_the_folder(string name)
    {
        Assert.Contains("outside", Assert.Throws<DatasetException>(() => Archives.Untar(Tar(false, (name, [1])), _folder["out"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "x", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused() =>
        Assert.Contains("1000 bytes", Assert.Throws<DatasetException>(() => Archives.Untar(Tar(true, ("big", new byte[1000])), _folder["out"], mostFileBytes: 999)).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_archives_are_unpacked_or_refused()
    {
        byte[] plain = File.ReadAllBytes(Tar(false, ("x/one", new byte[700]), ("two", [3]))), packed = File.ReadAllBytes(Tar(true, ("x/one", new byte[700])));
        Fuzz.Run([plain, packed], [[.. "ustar"u8], [.. "../"u8], [0x1F, 0x8B]], file =>
        {
            File.WriteAllBytes(_folder["damaged"], file);
            try { Archives.Untar(_folder["damaged"], _folder["out"]); }
            catch (DatasetException) { }
            catch (IOException) { }                                           // such as a name that the system does not take, or an empty file
        });
        Assert.All(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories),
            f => Assert.True(f.StartsWith(_folder["out"], StringComparison.Ordinal) || Path.GetDirectoryName(f) == _folder.Path));
    }

    [Theory]
    [InlineData(10), InlineData(100)]
    public void Cifar_is_read_from_files_in_its_layout(int classes)
    {
        string folder = Directory.CreateDirectory(_folder[classes == 10 ? "cifar-10-batches-bin" : "cifar-100-binary"]).FullName;
        byte[] Records(int count) => [.. Enumerable.Range(0, count).SelectMany(i => (byte[])[.. classes == 100 ? (byte[])[9] : [], (byte)(i % classes), .. Enumerable.Repeat((byte)(10 * i), 1024), .. Enumerable.Repeat((byte)1, 1024), .. Enumerable.Repeat((byte)255, 1024)])];
        foreach (string name in classes == 10 ? (string[])["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"] : ["train.bin", "test.bin"])
            File.WriteAllBytes(Path.Combine(folder, name), Records(3));
        File.WriteAllText(Path.Combine(folder, classes == 10 ? "batches.meta.txt" : "fine_label_names.txt"), string.Join('\n', Enumerable.Range(0, classes).Select(i => $"class {i}")), Encoding.UTF8);
        var train = new Cifar(_folder.Path, classes: classes, source: DataSource.Folder);
        Assert.Equal(classes == 10 ? 15 : 3, train.Count);
        Assert.Equal([0, 1, 2], train.Labels.Take(3));
        Assert.Equal([3, 32, 32], train[1].X.Shape);
        foreach (var (mean, expected) in train[1].X.Mean([1, 2]).ToArray<float>().Zip((float[])[10 / 255f, 1 / 255f, 1])) Assert.Equal(expected, mean, 5);
        Assert.Equal(3, new Cifar(_folder.Path, CifarSplit.Test, classes, DataSource.Folder).Count);
        File.AppendAllText(Path.Combine(folder, classes == 10 ? "test_batch.bin" : "test.bin"), "x");
        Assert.Contains("records", Assert.Throws<DatasetException>(() => new Cifar(_folder.Path, CifarSplit.Test, classes, DataSource.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_two_of_cifar_and_none_is_generated()
    {
        Assert.Throws<ArgumentException>(() => new Cifar(_folder.Path, classes: 20, source: DataSource.Folder));
        Assert.Contains("DrawnShapes", Assert.Throws<ArgumentException>(() => new Cifar(_folder.Path, source: DataSource.Generate)).Message, StringComparison.Ordinal);
        Assert.Contains("unpack", Assert.Throws<DatasetException>(() => new Cifar(_folder.Path, source: DataSource.Folder)).Message, StringComparison.Ordinal);
    }
}
