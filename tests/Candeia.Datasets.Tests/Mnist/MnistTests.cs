using System.Security.Cryptography;
using Candeia.Data;
using Candeia.Tests;

namespace Candeia.Datasets.Tests;

public sealed class MnistTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    void Put(string images, string? labels, int count = 3)
    {
        IdxFile.Write(_folder[images], Tensor.Arange(0, count * 4, dtype: DType.UInt8).Reshape(count, 2, 2));
        if (labels is not null) IdxFile.Write(_folder[labels], Tensor.Arange(0, count, dtype: DType.UInt8));
    }

    Mnist Open(MnistSplit split = MnistSplit.Train, MnistFamily family = MnistFamily.Mnist, Func<Tensor, Tensor>? transform = null) =>
        new(_folder.Path, family, split, transform, DataSource.Folder);

    [SkippableFact]
    public void The_official_test_files_are_read()
    {
        string folder = Path.GetDirectoryName(SharedFolder.Require("suites/mnist/t10k-images-idx3-ubyte.gz"))!;
        Assert.Equal([MnistSplit.Test], Mnist.Splits(folder));
        var digits = new Mnist(folder, split: MnistSplit.Test, source: DataSource.Folder);
        Assert.Equal((10_000, 10), (digits.Count, digits.Classes));
        Assert.Equal([7L, 2, 1, 0, 4, 1, 4, 9, 5, 9], digits.Loader(10).Peek().Y.ToArray<long>());
        int[] counts = [.. digits.Loader(10_000).Peek().Y.ToArray<long>().CountBy(y => y).OrderBy(c => c.Key).Select(c => c.Value)];
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], counts);
        Assert.Equal(0.1325, (double)digits.Loader(10_000).Peek().X.Mean(), 1e-3);
    }

    [Fact]
    public void An_item_and_a_batch_say_the_same()
    {
        Put("train-images-idx3-ubyte", "train-labels-idx1-ubyte");
        var digits = Open();
        var batch = digits.Loader(2).Peek();
        Assert.Equal([2, 1, 2, 2], batch.X.Shape);
        Assert.Equal(digits[1].X.ToArray<float>(), batch.X[1].ToArray<float>());
        Assert.Equal([4 / 255f, 5 / 255f, 6 / 255f, 7 / 255f], digits[1].X.ToArray<float>());
        Assert.Equal((DType.Int64, 1.0, "1"), (batch.Y.DType, digits[1].Y.Item(), digits[1].Id));
        Assert.Equal([2, 4], Open(transform: x => x.Flatten()).Loader(2).Peek().X.Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => digits[3]);
    }

    [Fact]
    public void Files_pair_up_by_their_names_packed_or_not()
    {
        Put("emnist-digits-train-images-idx3-ubyte.gz", "emnist-digits-train-labels-idx1-ubyte");
        Put("t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte.gz", 5);
        IdxFile.Write(_folder["fashion-t10k-labels-idx1-ubyte"], Tensor.From(new byte[] { 1 }));
        Assert.Equal([MnistSplit.Train, MnistSplit.Test], Mnist.Splits(_folder.Path));
        Assert.Equal((3, 5), (Open().Count, Open(MnistSplit.Test).Count));
    }

    [Fact]
    public void The_pictures_of_EMNIST_stand_upright_and_letters_count_from_0()
    {
        Put("emnist-letters-train-images-idx3-ubyte", null);
        IdxFile.Write(_folder["emnist-letters-train-labels-idx1-ubyte"], Tensor.From(new byte[] { 1, 26, 2 }));
        var letters = Open(family: MnistFamily.EmnistLetters);
        Assert.Equal([0, 2 / 255f, 1 / 255f, 3 / 255f], letters[0].X.ToArray<float>());
        Assert.Equal([0.0, 25, 1], letters.Select(s => s.Y.Item()));
        Assert.Equal(26, letters.Classes);
        IdxFile.Write(_folder["emnist-letters-train-labels-idx1-ubyte"], Tensor.From(new byte[] { 1, 0, 2 }));
        Assert.Contains("labels below 1", Fault(() => Open(family: MnistFamily.EmnistLetters)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_in_a_sentence()
    {
        Assert.Contains("holds no IDX file", Fault(() => Open()), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Fault(() => Mnist.Splits(_folder["none"])), StringComparison.Ordinal);
        Put("train-images-idx3-ubyte", null);
        Assert.Contains("no labels beside it; put 'train-labels-idx1-ubyte'", Fault(() => Open()), StringComparison.Ordinal);
        IdxFile.Write(_folder["train-labels-idx1-ubyte"], Tensor.From(new byte[] { 1 }));
        Assert.Contains("not one byte for each of the 3 pictures", Fault(() => Open()), StringComparison.Ordinal);
        IdxFile.Write(_folder["train-images-idx3-ubyte"], Tensor.Ones([3, 2]));
        Assert.Contains("not pictures", Fault(() => Open()), StringComparison.Ordinal);
        Put("other-train-images-idx3-ubyte", null);
        Assert.Contains("several files of images", Fault(() => Open()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_program_draws_is_not_MNIST()
    {
        foreach (var family in Enum.GetValues<MnistFamily>())
        {
            var fault = Assert.Throws<ArgumentException>(() => _ = new Mnist(_folder.Path, family, source: DataSource.Generate));
            Assert.StartsWith($"{family} cannot be generated", fault.Message, StringComparison.Ordinal);
            Assert.Contains("DrawnDigits", fault.Message, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_download_is_verified_resumed_and_not_repeated()
    {
        byte[] file = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
#pragma warning disable CA5351
        string md5 = Convert.ToHexStringLower(MD5.HashData(file));
#pragma warning restore CA5351
        using var damaged = new TinyServer((_, from) => TinyServer.Proper([.. file[..^1], 0], from));
        using var sound = new TinyServer((n, from) => TinyServer.Proper(file, from) with { CutAfter = n == 0 ? 2000 : null });
        using var client = new HttpClient();
        string Base(TinyServer server) => new Uri(server.Address, ".").ToString();
        var source = new MnistSource("mnist", [Base(damaged), Base(sound)], [new("train-images-idx3-ubyte.gz", md5)]);
        var downloader = new Downloader(client) { Pause = TimeSpan.FromMilliseconds(1) };
        for (int i = 0; i < 2; i++) MnistDownload.Fetch(source, _folder.Path, null, default, downloader);
        Assert.Equal(file, File.ReadAllBytes(_folder["train-images-idx3-ubyte.gz"]));
        Assert.Single(damaged.Requests);
        Assert.Equal([null, 2000], sound.Requests);

        var wrong = source with { Mirrors = [Base(damaged)], Files = [new("t10k-images-idx3-ubyte.gz", md5)] };
        string fault = Fault(() => MnistDownload.Fetch(wrong, _folder.Path, null, default, downloader));
        Assert.Contains("MD5", fault, StringComparison.Ordinal);
        Assert.Contains("put the file at", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_archive_of_EMNIST_gives_the_four_files_of_a_part()
    {
        string[] names = [.. MnistFiles.EmnistNames("digits")];
        byte[] archive = ZipTests.Make([.. names.Select((name, i) => ($"gzip/{name}", new[] { (byte)i })), ("gzip/other.gz", [9]), ("../evil", [1])]);
#pragma warning disable CA5351
        string md5 = Convert.ToHexStringLower(MD5.HashData(archive));
#pragma warning restore CA5351
        using var server = new TinyServer((_, from) => TinyServer.Proper(archive, from));
        using var client = new HttpClient();
        var source = new MnistSource("emnist-digits", [new Uri(server.Address, ".").ToString()], [new("gzip.zip", md5)]) { EmnistPart = "digits" };
        for (int i = 0; i < 2; i++) MnistDownload.Fetch(source, _folder.Path, null, default, new Downloader(client));
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.EnumerateFiles(_folder.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void An_archive_of_EMNIST_that_was_put_there_stays_there()
    {
        byte[] archive = ZipTests.Make([.. MnistFiles.EmnistNames("digits").Select((name, i) => ($"gzip/{name}", new[] { (byte)i }))]);
        File.WriteAllBytes(_folder["gzip.zip"], archive);
        var source = new MnistSource("emnist-digits", ["http://localhost:9/"], [new("gzip.zip", "")]) { EmnistPart = "digits" };
        MnistDownload.Fetch(source, _folder.Path, null, default);
        Assert.Equal(archive, File.ReadAllBytes(_folder["gzip.zip"]));
        Assert.True(MnistFiles.IsThere(_folder.Path, "digits"));
    }

    static string Fault(Action action) => Assert.Throws<DatasetException>(action).Message;
}
