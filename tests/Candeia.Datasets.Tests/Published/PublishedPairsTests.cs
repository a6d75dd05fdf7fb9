using Candeia.Images;

namespace Candeia.Datasets.Tests;

public sealed class PublishedPairsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Streets_and_their_outlines_stand_side_by_side()
    {
        var both = new Image(6, 2, PixelFormat.Rgb);
        for (int y = 0; y < 2; y++) both.Row(y)[9..].Fill(200);
        Layouts.Write(_folder["cityscapes-pix2pix", "cityscapes.tar.gz"], ("cityscapes/train/1.jpg", both.Encode()), ("cityscapes/val/2.jpg", both.Encode()));
        var pair = Assert.Single(new PublishedPairs("cityscapes_pix2pix", _folder.Path));
        Assert.All(pair.First.Pixels.ToArray(), p => Assert.Equal(200, p));
        Assert.All(pair.Second.Pixels.ToArray(), p => Assert.Equal(0, p));
        Assert.Equal((3, 2), (pair.First.Width, pair.Second.Height));
    }

    [Fact]
    public void Faces_are_of_the_same_person_or_of_two()
    {
        Layouts.Write(_folder["lfw", "lfw-funneled.tgz"], ("lfw_funneled/Ann/Ann_0001.jpg", Layouts.Picture(1)), ("lfw_funneled/Ann/Ann_0004.jpg", Layouts.Picture(4)), ("lfw_funneled/Cy/Cy_0001.jpg", Layouts.Picture(9)));
        Layouts.Write(_folder["lfw", "pairsDevTrain.txt"], ("", Layouts.Text("1\nAnn\t1\t4\nAnn\t4\tCy\t1\n")));
        Layouts.Write(_folder["lfw", "pairs.txt"], ("", Layouts.Text("1\t1\nAnn\t4\t1\nAnn\t1\tCy\t1\n")));
        var pairs = new PublishedPairs("lfw_pairs", _folder.Path);
        Assert.Equal([(1, 4, 1), (4, 9, 0)], pairs.Select(p => ((int)p.First.Pixels[0], (int)p.Second.Pixels[0], p.Label)));
        Assert.Equal([1, 0], new PublishedPairs("lfw_pairs", _folder.Path, "10fold").Select(p => p.Label));
        Assert.Throws<ArgumentException>(() => new PublishedPairs("faces", _folder.Path));
    }
}
