namespace Candeia.Datasets.Tests;

public sealed class CorrelationArchiveTests : IDisposable
{
    static readonly byte[] s_picture = CorrelationGenerator.Draw(new CorrelationGenerator(1).Scatter(0));

    readonly TemporaryFolder _folder = new();

    static byte[] Images(params string[] names) => ZipTests.Make([.. names.Select(name => (name, s_picture))]);

    public static byte[] Archive(byte[]? train = null) => ZipTests.Make(
        ("train.csv", "id,corr\naaaaaaaa,0.5\n"u8.ToArray()), ("example_submition.csv", "id,corr\nbbbbbbbb,0\n"u8.ToArray()),
        ("train_imgs.zip", train ?? Images("train_imgs/aaaaaaaa.png")), ("test_imgs.zip", Images("bbbbbbbb.png")));

    string Unpack(byte[] archive)
    {
        File.WriteAllBytes(_folder["a.zip"], archive);
        CorrelationArchive.Unpack(_folder["a.zip"], _folder["out"]);
        return _folder["out"];
    }

    string[] Files() =>
        [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder.Path, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_real_layout_comes_out()
    {
        Unpack(Archive());
        Assert.Equal(["a.zip", "out/example_submition.csv", "out/test_imgs/bbbbbbbb.png", "out/train.csv", "out/train_imgs/aaaaaaaa.png"], Files());
        Assert.Equal(s_picture, File.ReadAllBytes(_folder["out", "train_imgs", "aaaaaaaa.png"]));
    }

    [Theory]
    [InlineData("../evil.png")]
    [InlineData("train_imgs/../../evil.png")]
    [InlineData("/evil.png")]
    [InlineData("..\\evil.png")]
    [InlineData("C:\\evil.png")]
    [InlineData("train_imgs/a/b.png")]
    [InlineData("train_imgs/evil.exe")]
    [InlineData("train_imgs/.png")]
    [InlineData("__MACOSX/train_imgs/aaaaaaaa.png")]
    public void Other_names_are_never_written(string name)
    {
        Unpack(Archive(Images("train_imgs/", "train_imgs/aaaaaaaa.png", name)));
        Assert.Equal(["a.zip", "out/example_submition.csv", "out/test_imgs/bbbbbbbb.png", "out/train.csv", "out/train_imgs/aaaaaaaa.png"], Files());
    }

    [Fact]
    public void A_damaged_inner_archive_leaves_nothing()
    {
        byte[] images = Images("train_imgs/aaaaaaaa.png");
        images[100] ^= 1;
        var fault = Assert.Throws<DatasetException>(() => Unpack(Archive(images)));
        Assert.Contains("'train_imgs/aaaaaaaa.png' in", fault.Message);
        Assert.Equal(["a.zip"], Files());
    }

    [Fact]
    public void A_missing_part_is_named()
    {
        var fault = Assert.Throws<DatasetException>(() => Unpack(ZipTests.Make(("train.csv", [1]), ("example_submition.csv", [1]))));
        Assert.Contains("has no 'train_imgs.zip' in it", fault.Message);
        Assert.Equal(["a.zip"], Files());
    }

    [Fact]
    public void An_image_that_is_too_large_is_refused()
    {
        var fault = Assert.Throws<DatasetException>(() => Unpack(Archive(ZipTests.Make(("train_imgs/aaaaaaaa.png", new byte[2 << 20])))));
        Assert.Contains("2097152 bytes", fault.Message);
        Assert.Equal(["a.zip"], Files());
    }

    public void Dispose() => _folder.Dispose();
}
