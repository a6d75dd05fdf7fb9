using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets.Tests;

public sealed class FolderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Pictures(int each = 3)
    {
        foreach (string name in (string[])["cat", "dog"])
        {
            Directory.CreateDirectory(_folder[Path.Combine("all", name, "deeper")]);
            for (int i = 0; i < each; i++)
                new DrawnShapes(each, 24, seed: (ulong)name.Length)[i].Picture.Save(_folder[Path.Combine("all", name, i == 0 ? "deeper" : "", $"{i}.png")]);
        }
        return _folder["all"];
    }

    [Fact]
    public void Folders_are_classes_in_order_and_pictures_are_read_when_asked_for()
    {
        string root = Pictures();
        File.WriteAllText(Path.Combine(root, "cat", "notes.txt"), "none of it");
        var data = new ImageFolder(root);
        Assert.Equal(["cat", "dog"], data.Classes);
        Assert.Equal([0, 0, 0, 1, 1, 1], data.Labels);
        Assert.Equal(6, data.Count);
        Assert.Equal(new ImageInfo(24, 24, PixelFormat.Rgb), data[4].Picture.Info);
        Assert.Equal(1, data[4].Label);
        Assert.EndsWith(Path.Combine("dog", "2.png"), data[4].Id, StringComparison.Ordinal);
        Assert.Equal(PixelFormat.Gray, new ImageFolder(root, format: PixelFormat.Gray)[0].Picture.Format);
    }

    [Fact]
    public void Samples_do_not_depend_on_the_number_of_workers()
    {
        var data = new ImageFolder(Pictures(8)).Map(new RandomResizedCrop(16).Then(new ColorJitter(0.4, 0.4, 0.4, 0.1)).Then(new RandomHorizontalFlip()));
        float[][] Epochs(int workers) => Twice(data.Loader(4, shuffle: true, workers: workers, seed: 3));
        var alone = Epochs(0);
        Assert.Equal(alone, Epochs(3));
        Assert.NotEqual(alone[0], alone[4]);                                  // another epoch, other crops
    }

    /// <summary>The inputs of two epochs.</summary>
    static float[][] Twice(Loader<Batch> loader) => [.. loader.Select(b => b.X.ToArray<float>()), .. loader.Select(b => b.X.ToArray<float>())];

    [Fact]
    public void A_bad_picture_is_named_or_counted()
    {
        string root = Pictures(), bad = Path.Combine(root, "cat", "1.png");
        File.WriteAllBytes(bad, File.ReadAllBytes(bad)[..^40]);
        string message = Assert.Throws<DatasetException>(() => new ImageFolder(root).ToArray()).Message;
        Assert.Contains(bad, message, StringComparison.Ordinal);
        Assert.Contains("skipBad", message, StringComparison.Ordinal);
        var skipping = new ImageFolder(root, skipBad: true);
        Assert.Empty(skipping.Bad);
        var ids = skipping.Select(i => i.Id).ToArray();
        Assert.Equal(6, ids.Length);
        Assert.DoesNotContain(bad, ids);
        Assert.Equal([bad], skipping.Bad.Keys);
    }

    [Fact]
    public void What_is_no_such_folder_is_refused_with_the_remedy()
    {
        Assert.Contains("no folder", Assert.Throws<DatasetException>(() => new ImageFolder(_folder["nowhere"])).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains("one for each class", Assert.Throws<DatasetException>(() => new ImageFolder(_folder["empty"])).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder[Path.Combine("empty", "cat")]);
        Assert.Contains(".png", Assert.Throws<DatasetException>(() => new ImageFolder(_folder["empty"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_files_in_folders_are_a_data_set()
    {
        string root = Pictures();
        var sizes = new DatasetFolder<long>(root, f => new FileInfo(f).Length, ".PNG");
        Assert.Equal(6, sizes.Count);
        Assert.Equal((new FileInfo(sizes.Files[5]).Length, 1), sizes[5]);
    }
}
