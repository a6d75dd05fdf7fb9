using Candeia.Data;
using Candeia.Tests;
using Candeia.Images;

namespace Candeia.Datasets.Tests;

public sealed class GuessTheCorrelationTests : IDisposable
{
    static readonly Func<Tensor, Tensor> s_crop = img => img[..130, 20..150].Unsqueeze(0);

    readonly TemporaryFolder _root = new();

    GuessTheCorrelation Generate(int count, ulong seed = 777) => new(_root.Path, s_crop, count: count, seed: seed);

    string Table => _root["guess-the-correlation", "train.csv"];

    string Picture(string id) => _root["guess-the-correlation", "train_imgs", id + ".png"];

    DatasetException Fault() => Assert.Throws<DatasetException>(() =>
    {
        foreach (var item in new GuessTheCorrelation(_root.Path, source: DataSource.Folder)) _ = item;
    });

    [Fact]
    public void An_item_is_picture_correlation_and_name()
    {
        var data = Generate(12);
        Assert.Equal(12, data.Count);
        var expected = new CorrelationGenerator(777);
        for (int i = 0; i < data.Count; i++)
        {
            var (x, y, id) = data[i];
            var scatter = expected.Scatter(i);
            byte[] pixels = Scatterplot.Draw(scatter.X, scatter.Y);
            Assert.Equal(expected.Id(i), id);
            Assert.Equal(([], (float)scatter.Correlation), (y.Shape, (float)y.Item()));
            Assert.Equal([1, 130, 130], x.Shape);
            Assert.Equal(DType.Float32, x.DType);
            float[] values = x.ToArray<float>();
            for (int p = 0; p < values.Length; p++) Assert.Equal(pixels[p / 130 * 150 + 20 + p % 130] / 255f, values[p]);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => data[12]);
        Assert.Equal([150, 150], new GuessTheCorrelation(_root.Path, count: 12)[0].X.Shape);
    }

    [Fact]
    public void Slices_read_only_what_is_asked_for()
    {
        Generate(30);
        foreach (string line in File.ReadLines(Table).Skip(11)) File.WriteAllText(Picture(line.Split(',')[0]), "no picture");
        var data = Generate(30);
        Assert.Equal(10, data[..10].ToArray().Length);
        Assert.Throws<DatasetException>(() => data[9..11].ToArray());
    }

    [Fact]
    public void The_loader_makes_batches()
    {
        var data = Generate(20);
        foreach (var (x, y) in data[..16].Loader(8, workers: 2))
        {
            Assert.Equal([8, 1, 130, 130], x.Shape);
            Assert.Equal([8], y.Shape);
        }
    }

    [Fact]
    public void The_second_look_is_the_same_as_the_first()
    {
        var data = Generate(3);
        float[] first = data[1].X.ToArray<float>();
        File.Delete(Picture(data[1].Id));
        Assert.Equal(first, data[1].X.ToArray<float>()); // kept in memory
        data[1].X.Fill(0.5); // a copy of one's own
        Assert.Equal(first, data[1].X.ToArray<float>());
    }

    [Fact]
    public void Generated_data_grow_and_shrink_with_their_count()
    {
        string[] five = [.. Generate(5).Select(item => item.Id)];
        var nine = Generate(9);
        Assert.Equal(9, nine.Count);
        Assert.Equal(five, nine.Take(5).Select(item => item.Id));
        Assert.Equal(five, Generate(5).Select(item => item.Id));
    }

    [Fact]
    public void Another_seed_is_not_mixed_up()
    {
        Generate(5);
        var fault = Assert.Throws<DatasetException>(() => Generate(5, seed: 1));
        Assert.Equal(
            $"'{_root["guess-the-correlation"]}' was generated from seed 777, not 1; ask for seed 777, name another folder, or delete this one.", fault.Message);
        Assert.Throws<DatasetException>(() => new GuessTheCorrelation(_root.Path, source: DataSource.Download));
    }

    [Fact]
    public void Its_own_folder_can_be_named_too()
    {
        Generate(4);
        Assert.Equal(4, new GuessTheCorrelation(_root["guess-the-correlation"] + Path.DirectorySeparatorChar, source: DataSource.Folder).Count);
        Assert.Equal(6, new GuessTheCorrelation(_root["guess-the-correlation"], count: 6).Count);
        Assert.Equal(["guess-the-correlation"], Directory.EnumerateFileSystemEntries(_root.Path).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void The_real_images_are_read()
    {
        string folder = SharedFolder.Require("real-scatterplots");
        var data = new GuessTheCorrelation(folder, s_crop, DataSource.Folder);
        Assert.Equal(45, data.Count);
        Assert.Equal(45, new GuessTheCorrelation(folder).Count); // what is there is used
        Assert.Equal(("efuxkonr", 0.493549303526138f), (data[0].Id, (float)data[0].Y.Item()));
        foreach (var (x, _) in data)
        {
            float[] values = x.ToArray<float>();
            Assert.All(values[..130], v => Assert.Equal(1, v)); // row 0 is white
            Assert.Equal((0, 0, 1), (values[130], values[130 + 128], values[130 + 129]));
            Assert.InRange(values.Average(), 0.9, 0.99);
        }
    }

    [Fact]
    public void Gray_pictures_are_kept_too()
    {
        Generate(1);
        string file = Directory.GetFiles(_root["guess-the-correlation", "train_imgs"])[0];
        var image = new Image(150, 150, PixelFormat.Gray);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)i;
        image.Save(file);
        var data = new GuessTheCorrelation(_root.Path, count: 1);
        for (int look = 0; look < 2; look++) Assert.Equal(Enumerable.Range(0, 22_500).Select(i => (byte)i / 255f), data[0].X.ToArray<float>());
        Assert.Equal(data[0].X.ToArray<float>(), GuessTheCorrelation.ReadPicture(file).ToArray<float>());
    }

    [Fact]
    public void Nothing_there()
    {
        Assert.Contains($"'{_root.Path}' holds no data set: neither 'train.csv' nor ", Fault().Message);
        var fault = Assert.Throws<DatasetException>(() => new GuessTheCorrelation(_root.Path, split: CorrelationSplit.Submission));
        Assert.Contains("no submission split", fault.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root.Path));
        Generate(1);
        fault = Assert.Throws<DatasetException>(() => new GuessTheCorrelation(_root.Path, null, DataSource.Folder, CorrelationSplit.Submission));
        Assert.Contains("example_submition.csv' is not there; only the downloaded data have this split.", fault.Message);
    }

    [Theory]
    [InlineData("", null, "is empty; its first row must be 'id,corr'.")]
    [InlineData("name,value\n", 1, "the header is 'name,value'; it must be 'id,corr'.")]
    [InlineData("id,corr\nA,0.5\nB,high\n", 3, "the correlation 'high' is not a number; correct it or remove the row.")]
    [InlineData("id,corr\nA,NaN\n", 2, "the correlation 'NaN' is not a number; correct it or remove the row.")]
    [InlineData("id,corr\nA,\n", 2, "the correlation '' is not a number; correct it or remove the row.")]
    [InlineData("id,corr\nA,1.0001\n", 2, "the correlation 1.0001 is outside [-1, 1]; correct it or remove the row.")]
    [InlineData("id,corr\nA,-Infinity\n", 2, "the correlation -Infinity is outside [-1, 1]; correct it or remove the row.")]
    [InlineData("id,corr\nA,0.1,0.2\n", 2, "'A,0.1,0.2' has 3 fields; write an id and a correlation.")]
    [InlineData("id,corr\nA\n", 2, "'A' has 1 fields; write an id and a correlation.")]
    [InlineData("id,corr\n../A,0.1\n", 2, "'../A' is no id; use letters, digits, '-' and '_'.")]
    [InlineData("id,corr\n,0.1\n", 2, "'' is no id; use letters, digits, '-' and '_'.")]
    [InlineData("id,corr\nA,0.1\nA,0.1\n", 3, "the id 'A' was there before; remove one of the two rows.")]
    [InlineData("id,corr\nA,0.1\n\nB,0.1\n", 3, "it is empty; remove it.")]
    public void Wrong_tables(string content, int? row, string message)
    {
        Generate(1);
        File.WriteAllText(Table, content);
        var fault = Fault();
        Assert.EndsWith(message, fault.Message);
        Assert.Contains($"'{Table}'", fault.Message);
        Assert.Equal(row, fault.Row);
    }

    [Fact]
    public void Quotes_line_ends_and_a_mark_are_no_fault()
    {
        string id = Generate(1)[0].Id;
        File.WriteAllText(Table, $"\uFEFF\"id\",\"corr\"\r\n\"{id}\",-1e-1\r\n\r\n");
        Assert.Equal(-0.1f, (float)new GuessTheCorrelation(_root.Path, source: DataSource.Folder)[0].Y.Item());
    }

    [Fact]
    public void An_image_without_a_label()
    {
        Generate(2);
        File.Copy(Directory.GetFiles(_root["guess-the-correlation", "train_imgs"])[0], Picture("stranger"));
        Assert.Equal($"'{Picture("stranger")}' has no row in '{Table}'; add its row or remove the image.", Fault().Message);
    }

    [Fact]
    public void A_label_without_an_image()
    {
        string id = Generate(3)[1].Id;
        File.Delete(Picture(id));
        var fault = Fault();
        Assert.Equal($"'{Table}', row 3: there is no image '{Picture(id)}'; put it there or remove the row.", fault.Message);
        Directory.Delete(_root["guess-the-correlation", "train_imgs"], recursive: true);
        Assert.Contains("train_imgs' is not there; put the images", Fault().Message);
    }

    [Fact]
    public void A_damaged_image()
    {
        string file = Picture(Generate(2)[1].Id);
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..500]);
        Assert.StartsWith($"'{file}' (row 3 of '{Table}') is no picture of 150×150 pixels (", Fault().Message);
        File.WriteAllBytes(file, new byte[2 << 20]);
        Assert.Contains("has more than 1,048,576 bytes", Fault().Message);
        File.WriteAllBytes(file, []);
        Assert.Contains("is empty, or no ordinary file", Fault().Message);
    }

    [Fact]
    public void An_image_of_another_size()
    {
        string file = Picture(Generate(1)[0].Id);
        new Image(150, 149, PixelFormat.Rgb).Save(file);
        Assert.Equal(
            $"'{file}' (row 2 of '{Table}') is no picture of 150×150 pixels (the image has 150×149 pixels where 150×150 are expected); "
            + "replace it, or get the data again.", Fault().Message);
        Assert.Contains("is no picture of 150×150 pixels", Assert.Throws<DatasetException>(() => GuessTheCorrelation.ReadPicture(file)).Message);
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => GuessTheCorrelation.ReadPicture(_root["none.png"])).Message);
    }

    [Fact]
    public void The_archive_is_fetched_unpacked_and_read()
    {
        byte[] archive = CorrelationArchiveTests.Archive();
        using var server = new TinyServer((n, from) => TinyServer.Proper(archive, from) with { CutAfter = n == 0 ? 1000 : null });
        using var client = new HttpClient();
        var downloader = new Downloader(client) { Pause = TimeSpan.FromMilliseconds(1) };
        var seen = new HashSet<DataStage>();
        var remote = new RemoteFile([server.Address], 1 << 20, ".");
        string folder = CorrelationData.Downloaded(_root.Path, new Direct(p => seen.Add(p.Stage)), default, remote, downloader);
        Assert.Equal([DataStage.Downloading, DataStage.Verifying, DataStage.Unpacking], seen.Order());
        Assert.Equal(_root["guess-the-correlation"], folder);
        Assert.Equal([folder], Directory.EnumerateFileSystemEntries(_root.Path));
        var data = new GuessTheCorrelation(_root.Path, source: DataSource.Download);
        Assert.Equal(("aaaaaaaa", 0.5f), (data.Single().Id, (float)data[0].Y.Item()));
        var contest = new GuessTheCorrelation(_root.Path, split: CorrelationSplit.Submission);
        Assert.Equal("bbbbbbbb", contest.Single().Id);
        Assert.True(double.IsNaN(contest[0].Y.Item()));
    }

    [Fact]
    public void An_archive_that_is_there_needs_no_network()
    {
        File.WriteAllBytes(_root["guess-the-correlation.zip"], CorrelationArchiveTests.Archive());
        Assert.Single(new GuessTheCorrelation(_root.Path, source: DataSource.Download));
        Assert.True(File.Exists(_root["guess-the-correlation.zip"])); // the user's own
    }

    [Fact]
    public void A_truncated_archive_leaves_nothing()
    {
        File.WriteAllBytes(_root["guess-the-correlation.zip"], CorrelationArchiveTests.Archive()[..^30]);
        var fault = Assert.Throws<DatasetException>(() => new GuessTheCorrelation(_root.Path, source: DataSource.Download));
        Assert.Equal($"'{_root["guess-the-correlation.zip"]}' is no complete zip archive; delete it and get it again.", fault.Message);
        Assert.Single(Directory.EnumerateFileSystemEntries(_root.Path));
    }

    public void Dispose() => _root.Dispose();

    sealed class Direct(Action<DataProgress> report) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => report(value);
    }
}
