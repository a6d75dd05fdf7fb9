using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets.Tests;

/// <summary>Where a transform begins with a part of the picture, no more is decoded, and nothing else is different.</summary>
public sealed class PictureSamplesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public PictureSamplesTests()
    {
        var shapes = new DrawnShapes(12, 40);
        foreach (var item in shapes)
        {
            string home = _folder[DrawnShapes.Classes[item.Label]];
            Directory.CreateDirectory(home);
            item.Picture.Crop(..33, ..).Save(Path.Combine(home, item.Id + ".png"));
        }
    }

    public void Dispose() => _folder.Dispose();

    static readonly Transform s_augment = new RandomResizedCrop(16).Then(new RandomHorizontalFlip()).Then(new ToDtype(DType.Float32)).Then(Normalize.ImageNet);

    [Fact]
    public void Samples_are_those_of_whole_pictures()
    {
        var pictures = new ImageFolder(_folder.Path);
        var (first, second) = pictures.Split(0.5, seed: 3);
        foreach (var data in (Dataset<LabelledImage>[])[pictures, pictures[2..9], second.Concat(first)])
        {
            // A map in between hides the files, so that whole pictures are read.
            float[][] Of(Dataset<Sample> samples) => [.. samples.Loader(4, shuffle: true, seed: 5, workers: 2).Select(b => b.X.ToArray<float>())];
            Assert.Equal(Of(data.Map(item => item).Map(s_augment)), Of(data.Map(s_augment)));
        }
        var sample = pictures.Map(s_augment)[0];
        Assert.Equal((pictures.Files[0], pictures.Labels[0]), (sample.Id, (int)sample.Y.Item()));
    }

    [Fact]
    public void A_batch_is_its_samples_side_by_side()
    {
        var samples = new ImageFolder(_folder.Path).Map(new Resize((9, 11)).Then(new ToDtype(DType.Float32)).Then(Normalize.ImageNet));
        var batch = samples.Loader(5).Peek();
        Assert.Equal([5, 3, 9, 11], batch.X.Shape);
        Assert.Equal(DType.Int64, batch.Y.DType);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(samples[i].X.ToArray<float>(), batch.X[i].ToArray<float>());
            Assert.Equal((samples[i].Y.Item(), samples[i].Id), (batch.Y[i].Item(), batch.Ids[i]));
        }
    }

    [Fact]
    public void A_part_alone_is_decoded_where_one_counts()
    {
        List<(int Height, int Width)> asked = [];
        var files = (IPictureFiles)new ImageFolder(_folder.Path);
        var part = files.Read(0, (height, width) =>
        {
            asked.Add((height, width));
            return new Window(3, 5, 7, 11);
        });
        Assert.Equal([(33, 40)], asked);
        Assert.Equal((7, 11), (part.Picture.Height, part.Picture.Width));
        Assert.Null(new Resize(8).Then(new RandomResizedCrop(4)).Begin(20, 20, new Generator(1)));
        var (window, rest) = new RandomResizedCrop(4).Then(new RandomHorizontalFlip()).Begin(20, 20, new Generator(1))!.Value;
        Assert.True(window.Height <= 20 && window.Width <= 20);
        Assert.Equal(2, rest.Steps.Count);
    }

    [Fact]
    public void A_damaged_file_is_named_or_left_out_and_what_is_drawn_stays_the_same()
    {
        string bad = new ImageFolder(_folder.Path).Files[3];
        File.WriteAllBytes(bad, File.ReadAllBytes(bad)[..60]);
        Assert.Contains(bad, Assert.Throws<DatasetException>(() => new ImageFolder(_folder.Path).Map(s_augment)[3]).Message, StringComparison.Ordinal);
        var skipping = new ImageFolder(_folder.Path, skipBad: true);
        var samples = skipping.Map(s_augment);
        float[] first = samples[3].X.ToArray<float>();
        Assert.Equal(bad, Assert.Single(skipping.Bad).Key);
        Assert.Equal(first, samples[3].X.ToArray<float>());                   // known to be damaged, it is not read again
    }
}
