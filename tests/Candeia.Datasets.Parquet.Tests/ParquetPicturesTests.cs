using System.Text;
using Candeia.Images;
using Parquet;
using Parquet.Schema;

namespace Candeia.Datasets.Tests;

/// <summary>Pictures in Parquet files, in the layout of Hugging Face's library, which lie where they would be downloaded to: no test asks a network.</summary>
public sealed class ParquetPicturesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static byte[] Picture(int number, int width = 4, int height = 3)
    {
        var image = new Image(width, height, PixelFormat.Gray);
        image.Pixels.Fill((byte)number);
        return image.Encode();
    }

    const string Plankton = """{"info": {"features": {"image": {"_type": "Image"}, "label": {"names": ["Acantharia", "Akashiwo", "Amphidinium"], "_type": "ClassLabel"}}}}""";
    static StructField ImageField() => new("image", new DataField<byte[]>("bytes"), new DataField<string>("path"));

    static async Task Write(string path, ParquetSchema schema, string metadata, int groups, Func<ParquetRowGroupWriter, DataField[], int, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream);
        writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = metadata };
        for (int g = 0; g < groups; g++)
        {
            using var group = writer.CreateRowGroup();
            await write(group, schema.DataFields, g);
        }
    }

    /// <summary>Row groups of three pictures; the shade tells which.</summary>
    static Task Labelled(string path, int first, int groups = 2, byte[]? damaged = null) => Write(path, new(ImageField(), new DataField<long?>("label")), Plankton, groups, async (group, fields, g) =>
    {
        int from = first + 3 * g;
        await group.WriteAsync(fields[0], (byte[][])[Picture(from), damaged ?? Picture(from + 1, 6, 5), Picture(from + 2)]);
        await group.WriteAsync(fields[1], (string[])["a.png", "b.png", "c.png"]);
        await group.WriteAsync<long>(fields[2], new long?[] { from % 3, (from + 1) % 3, null });
    });

    [Theory]
    [InlineData("whoi_small_plankton", "train", "train-00000-of-00002.parquet", "train-00001-of-00002.parquet"), InlineData("whoi_small_plankton", "val", "validation-00000-of-00001.parquet")]
    [InlineData("whoi_plankton", "val", "validation-00000-of-00002.parquet", "validation-00001-of-00002.parquet"), InlineData("whoi_small_coralnet", "test", "test-00000-of-00001.parquet")]
    public async Task Pictures_in_classes(string name, string split, params string[] files)
    {
        foreach (var (i, file) in files.Index()) await Labelled(_folder["data", name, file], 10 + 100 * i);
        for (int again = 0; again < 2; again++)
        {
            using var data = new ParquetImages(name, _folder["data"], split);
            Assert.Equal(["Acantharia", "Akashiwo", "Amphidinium"], data.Classes);
            Assert.Equal(6 * files.Length, data.Count);
            Assert.Equal([1, 2, -1, 1, 2, -1], data.Labels.Take(6));
            for (int i = 0; i < data.Count; i++)
            {
                var item = data[i];
                Assert.Equal((10 + 100 * (i / 6) + i % 6, i % 3 == 1 ? 6 : 4, PixelFormat.Rgb), (item.Picture.Pixels[0], item.Picture.Width, item.Picture.Format));
                Assert.Equal(data.Labels[i], item.Label);
            }
            Assert.Equal(split, data.Part);
            Assert.Throws<ArgumentOutOfRangeException>(() => data[data.Count]);
        }
        // What somebody has put there stays there, and is needed no more.
        Assert.All(files, f => Assert.True(File.Exists(_folder["data", name, f])));
        foreach (string file in files) File.Delete(_folder["data", name, file]);
        using var later = new ParquetImages(name, _folder["data", name], split, DataSource.Folder);
        Assert.Equal(6 * files.Length, later.Count);
    }

    [Fact]
    public void Each_has_parts_of_files_with_checksums()
    {
        Assert.Equal(["whoi_plankton", "whoi_small_coralnet", "whoi_small_plankton"], ParquetImages.Names);
        Assert.All(ParquetImages.Names, n => Assert.Equal(["train", "val", "test"], ParquetImages.SplitsOf(n)));
    }

    [Fact]
    public async Task What_is_damaged_is_named()
    {
        await Labelled(_folder["data", "whoi_small_plankton", "test-00000-of-00001.parquet"], 1, damaged: Encoding.UTF8.GetBytes("no picture"));
        using (var data = new ParquetImages("whoi_small_plankton", _folder["data"], "test"))
        {
            Assert.Equal(1, data[0].Picture.Pixels[0]);
            Assert.Contains("Picture 1 in", Assert.Throws<DatasetException>(() => data[1]).Message, StringComparison.Ordinal);
        }
        string Fault(Func<IDisposable> open) => Assert.Throws<DatasetException>(() => { using var _ = open(); }).Message;
        ParquetImages Again() => new("whoi_small_plankton", _folder["data"], "test");
        string store = _folder["data", "whoi_small_plankton", "test.pictures"], list = store + ".list", good = File.ReadAllText(list);
        foreach (string wrong in (string[])["", "classes\nx 1 2\n", "classes\n1\n", "{", good.Replace(" 1\n", " 9\n", StringComparison.Ordinal), "classes\ta\n0 999999999 0\n", "classes\ta\n-4 1 0\n"])
        {
            File.WriteAllText(list, wrong);
            Assert.Contains("test.pictures", Fault(Again), StringComparison.Ordinal);
        }
        Directory.CreateDirectory(_folder["data", "whoi_small_coralnet"]);
        File.WriteAllText(_folder["data", "whoi_small_coralnet", "test-00000-of-00001.parquet"], "PAR1 no table PAR1");
        Assert.Contains("test-00000-of-00001.parquet", Fault(() => new ParquetImages("whoi_small_coralnet", _folder["data"], "test")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_without_pictures_is_none()
    {
        await Write(_folder["data", "whoi_small_plankton", "test-00000-of-00001.parquet"], new(new DataField<long>("label")), Plankton, 1, async (group, fields, _) => await group.WriteAsync<long>(fields[0], new long[] { 1, 2 }));
        Assert.Contains("image.bytes", Assert.Throws<DatasetException>(() => new ParquetImages("whoi_small_plankton", _folder["data"], "test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_there_is_not_is_refused_with_what_there_is()
    {
        Assert.Contains("whoi_plankton", Assert.Throws<ArgumentException>(() => new ParquetImages("plankton", _folder["data"])).Message, StringComparison.Ordinal);
        Assert.Contains("val", Assert.Throws<ArgumentException>(() => new ParquetImages("whoi_plankton", _folder["data"], "valid")).Message, StringComparison.Ordinal);
        Assert.Contains("DrawnShapes", Assert.Throws<ArgumentException>(() => new ParquetImages("whoi_plankton", _folder["data"], source: DataSource.Generate)).Message, StringComparison.Ordinal);
        Assert.Contains("train-00000-of-00013.parquet", Assert.Throws<DatasetException>(() => new ParquetImages("whoi_plankton", _folder["data"], source: DataSource.Folder)).Message, StringComparison.Ordinal);
    }
}
