using Candeia.Images;
using Parquet;
using Parquet.Schema;

namespace Candeia.Datasets.Tests;

/// <summary>Pictures with boxes in Parquet files: one that Apache Arrow wrote (eng/parquet-scenes.cs), and others with faults. No test asks a network.</summary>
public sealed class ParquetScenesTests : IDisposable
{
    const string Name = "rf100_blood_cell", Train = "train-00000-of-00001-f7bd2ef2fd6e29bf.parquet";
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    ParquetScenes Open(DataSource source = DataSource.Download) => new(Name, source == DataSource.Folder ? _folder["data", Name] : _folder["data"], source: source);

    [Fact]
    public void Boxes_come_with_their_pictures()
    {
        Directory.CreateDirectory(_folder["data", Name]);
        File.Copy(Golden.PathOf("parquet/scenes.parquet"), _folder["data", Name, Train]);
        for (int again = 0; again < 2; again++)
        {
            using var data = Open(again == 0 ? DataSource.Download : DataSource.Folder);
            Assert.Equal((2, Name, "train"), (data.Count, data.Name, data.Part));                // two of the four pictures have no boxes
            Assert.Equal(["cells", "red", "white"], data.Classes);
            var (first, third) = (data[0].Scene, data[1].Scene);
            Assert.Equal(([3, 5, 6], 10, 30), (first.Image.Shape, (int)first.Image[0, 4, 5], (int)third.Image[2, 0, 0]));
            Assert.Equal([1f, 2, 3, 4, 0.5f, 0, 1.5f, 2], first.Boxes!.Values.ToArray<float>());
            Assert.Equal([1L, 2], first.Labels!.ToArray<long>());
            Assert.Equal([3f, 1, 5, 4], third.Boxes!.Values.ToArray<float>());
            Assert.Equal([1L], third.Labels!.ToArray<long>());
            Assert.Throws<ArgumentOutOfRangeException>(() => data[2]);
            File.Delete(_folder["data", Name, Train]);                                           // the store is enough
        }
    }

    [Fact]
    public void There_are_thirty_four_with_three_parts_and_checksums_of_their_own()
    {
        Assert.Equal(34, ParquetScenes.Names.Count);
        Assert.All(ParquetScenes.Names, n => Assert.Equal(["train", "valid", "test"], ParquetScenes.SplitsOf(n)));
        string[] files = [.. from n in ParquetScenes.Names from s in ParquetScenes.SplitsOf(n) select Missing(n, s)];
        Assert.Equal(3 * 34 - 1, files.Distinct().Count());                                      // two of the tests have one name, in folders of their own
        Assert.All(files, f => Assert.Matches("^(train|validation|test)-00000-of-00001-[0-9a-f]{16}[.]parquet$", f));

        string Missing(string name, string split) => Path.GetFileName(Assert.Throws<DatasetException>(() => new ParquetScenes(name, _folder.Path, split, DataSource.Folder)).Message.Split('\'')[1]);
    }

    /// <summary>A file with a picture for each of some lists of boxes, all in one row.</summary>
    async Task Write(float[] boxes, long[] classes, string of = "category", bool nested = true)
    {
        Field box = nested ? new ListField("bbox", new ListField("item", new DataField<float>("item"))) : new DataField<string>("bbox");
        var schema = new ParquetSchema(new DataField<long>("image_id"), new StructField("image", new DataField<byte[]>("bytes")), new StructField("objects", box, new ListField(of, new DataField<long>("item"))));
        Directory.CreateDirectory(_folder["data", Name]);
        await using var stream = File.Create(_folder["data", Name, Train]);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream);
        writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = """{"category": {"names": ["cells", "red", "white"], "_type": "ClassLabel"}}""" };
        using var group = writer.CreateRowGroup();
        DataField[] fields = schema.DataFields;
        await group.WriteAsync<long>(fields[0], new long[] { 1 });
        await group.WriteAsync(fields[1], (byte[][])[new Image(3, 2, PixelFormat.Gray).Encode()]);
        if (nested) await group.WriteAllPartsAsync<float>(fields[2], boxes, Full(fields[2], boxes.Length), Enumerable.Range(0, boxes.Length).Select(i => i == 0 ? 0 : i % 4 == 0 ? 1 : 2).ToArray(), default);
        else await group.WriteAsync(fields[2], (string[])["boxes"]);
        await group.WriteAllPartsAsync<long>(fields[3], classes, Full(fields[3], classes.Length), Enumerable.Range(0, classes.Length).Select(i => i == 0 ? 0 : 1).ToArray(), default);

        static int[] Full(DataField field, int count) => [.. Enumerable.Repeat(field.MaxDefinitionLevel, count)];
    }

    [Fact]
    public async Task Classes_may_be_called_labels()
    {
        await Write([0, 0, 1, 1, 1, 0, 2, 2], [2, 0], of: "label");
        using var data = Open();
        Assert.Equal([2L, 0], data[0].Scene.Labels!.ToArray<long>());
        Assert.Equal([0f, 0, 1, 1, 1, 0, 3, 2], data[0].Scene.Boxes!.Values.ToArray<float>());
    }

    [Theory]
    [InlineData(new float[] { 0, 0, 1 }, new long[] { 1 }, "3 numbers of boxes for 1 classes"), InlineData(new float[] { 0, 0, 1, 1 }, new long[] { 1, 1 }, "4 numbers of boxes for 2 classes")]
    [InlineData(new float[] { 0, 0, 1, 1 }, new long[] { 3 }, "none of 3"), InlineData(new float[] { 0, 0, 1, 1 }, new long[] { -1 }, "none of 3"), InlineData(new float[] { 0, 0, 1, float.NaN }, new long[] { 1 }, "none of 3")]
    public async Task Boxes_that_are_none_are_refused(float[] boxes, long[] classes, string said)
    {
        await Write(boxes, classes);
        Assert.Contains(said, Assert.Throws<DatasetException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_boxes_and_what_is_not_there_is_said()
    {
        await Write([], [1], nested: false);
        Assert.Contains("objects.bbox has no numbers", Assert.Throws<DatasetException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Contains("rf100_coral", Assert.Throws<ArgumentException>(() => new ParquetScenes("rf100", _folder["data"])).Message, StringComparison.Ordinal);
        Assert.Contains("valid", Assert.Throws<ArgumentException>(() => new ParquetScenes(Name, _folder["data"], "val")).Message, StringComparison.Ordinal);
    }
}
