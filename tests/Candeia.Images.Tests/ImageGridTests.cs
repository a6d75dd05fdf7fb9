namespace Candeia.Images.Tests;

public class ImageGridTests
{
    [Fact]
    public void Images_stand_in_rows_each_in_a_frame()
    {
        var images = Enumerable.Range(0, 5).Select(i => Pictures.Make(6, 4, PixelFormat.Gray, seed: i)).ToArray();
        var sheet = Image.Grid(images, columns: 3, padding: 2);
        Assert.Equal(new ImageInfo(2 + 3 * (8 + 2), 2 + 2 * (6 + 2), PixelFormat.Gray), sheet.Info);
        for (int i = 0; i < 5; i++)
        {
            int left = 3 + i % 3 * 10, top = 3 + i / 3 * 8;
            Assert.Equal(images[i].Pixels.ToArray(), sheet.Crop(top..(top + 4), left..(left + 6)).Pixels.ToArray());
            Assert.All(sheet.Crop((top - 1)..top, (left - 1)..(left + 7)).Pixels.ToArray(), value => Assert.InRange(value, 180, 240));
            Assert.All(sheet.Crop((top - 2)..(top - 1), (left - 1)..(left + 7)).Pixels.ToArray(), value => Assert.Equal(255, value));
        }
    }

    [Fact]
    public void Zoom_repeats_pixels_and_opacity_shows_the_paper()
    {
        var sheet = Image.Grid([new Image(new(1, 1, PixelFormat.Rgba), [200, 0, 0, 128])], padding: 0, zoom: 3);
        Assert.Equal(new ImageInfo(5, 5, PixelFormat.Rgb), sheet.Info);
        Assert.All(sheet.Crop(1..4, 1..4).Pixels.ToArray().Chunk(3), pixel => Assert.Equal([228, 127, 127], pixel));
    }

    [Fact]
    public void Captions_are_written_below_and_stay_in_their_cells()
    {
        var white = new Image(40, 10, PixelFormat.Gray);
        white.Pixels.Fill(255);
        var plain = Image.Grid([white, white], captions: ["", ""]);
        var one = Image.Grid([white, white], captions: ["0.53", ""]);
        var two = Image.Grid([white, white], captions: ["a caption that is far too long", ""]);
        Assert.Equal(plain.Info, one.Info);
        foreach (var written in (Image[])[one, two])
        {
            int changed = 0;
            for (int y = 0; y < plain.Height; y++)
                for (int x = 0; x < plain.Width; x++)
                {
                    if (written.Row(y)[x] == plain.Row(y)[x]) continue;
                    changed++;
                    Assert.InRange(x, 10, 51);
                    Assert.InRange(y, 22, plain.Height - 10);
                }
            Assert.InRange(changed, 50, 500);
        }
    }

    [Fact]
    public void What_makes_no_grid_is_refused()
    {
        var image = new Image(1, 1, PixelFormat.Gray);
        Assert.Throws<ArgumentException>(() => Image.Grid(Array.Empty<Image>()));
        Assert.Throws<ArgumentException>(() => Image.Grid([image], captions: ["a", "b"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Image.Grid([image], columns: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Image.Grid([image], zoom: 0));
    }
}
