using SkiaSharp;

namespace Candeia.Images.Tests;

/// <summary>Windows of the usual photograph are decoded without Skia, and have its pixels.</summary>
public class BaselineTests
{
    static byte[] Encoded(int width, int height, SKJpegEncoderDownsample sampling, int quality, int noise)
    {
        var random = new Generator((ulong)(width * 1000 + quality));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                byte Level(double value) => (byte)Math.Clamp(value + noise * (random.NextDouble() - 0.5), 0, 255);
                bitmap.SetPixel(x, y, new SKColor(Level(300.0 * x / width - 20), Level(128 + 120 * Math.Sin(x * 0.3 + y * 0.2)), Level((x / 9 + y / 7) % 2 == 0 ? 250 : 20)));
            }
        using var pixels = bitmap.PeekPixels();
        using var file = pixels.Encode(new SKJpegEncoderOptions(quality, sampling, SKJpegEncoderAlphaOption.Ignore));
        return file!.ToArray();
    }

    /// <summary>Windows without Skia beside its whole picture.</summary>
    static void Check(byte[] file, int windows)
    {
        var header = BaselineHeader.Read(file);
        Assert.NotNull(header);
        var whole = new Image(header.Width, header.Height, PixelFormat.Rgb);
        new JpegCodec().Decode(file, whole.Pixels);
        var random = new Generator(3);
        for (int i = 0; i < windows; i++)
        {
            int height = 1 + random.NextInt(whole.Height), width = 1 + random.NextInt(whole.Width), top = random.NextInt(whole.Height - height + 1), left = random.NextInt(whole.Width - width + 1);
            if (i == 0) (height, width, top, left) = (whole.Height, whole.Width, 0, 0);
            byte[] seen = new byte[3 * height * width];
            Assert.True(BaselineWindow.TryDecode(file, header, top, left, height, width, seen));
            Assert.True(whole.Crop(top..(top + height), left..(left + width)).Pixels.SequenceEqual(seen), $"{height}×{width} at ({top}, {left}) of {whole}");
        }
    }

    [Theory]
    [InlineData(SKJpegEncoderDownsample.Downsample420, 2, 2), InlineData(SKJpegEncoderDownsample.Downsample422, 2, 1), InlineData(SKJpegEncoderDownsample.Downsample444, 1, 1)]
    public void Pixels_are_those_of_Skia(SKJpegEncoderDownsample sampling, int across, int down)
    {
        foreach (var (width, height) in ((int, int)[])[(64, 48), (131, 77), (8, 1), (9, 33), (17, 16), (250, 15)])
            foreach (int quality in (int[])[20, 75, 92, 100])
                foreach (int noise in (int[])[0, 30, 400])
                {
                    byte[] file = Encoded(width, height, sampling, quality, noise);
                    Assert.Equal((across, down), BaselineHeader.Read(file) is { } header ? (header.Across, header.Down) : default);
                    Check(file, 12);
                }
    }

    [Fact]
    public void Restarts_are_followed()
    {
        byte[] file = File.ReadAllBytes(Photographs.PathOf("baseline.jpg"));      // three groups of blocks in two rows
        foreach (int interval in (int[])[1, 2, 3, 4, 5, 6, 1000])
        {
            byte[] restarted = Restarted.Of(file, interval);
            Check(restarted, 12);
            Assert.True(Image.Decode(file).Pixels.SequenceEqual(Image.Decode(restarted).Pixels));
        }
    }

    [Fact]
    public void What_is_unusual_is_left_to_Skia()
    {
        foreach (string name in (string[])["progressive.jpg", "gray.jpg", "inks.jpg", "turned2.jpg", "turned6.jpg"]) Assert.Null(BaselineHeader.Read(File.ReadAllBytes(Photographs.PathOf(name))));
        foreach (string name in (string[])["baseline.jpg", "full-chroma.jpg", "turned1.jpg"]) Check(File.ReadAllBytes(Photographs.PathOf(name)), 20);
    }

    [Fact]
    public void Damage_below_the_window_is_seen()
    {
        byte[] file = Encoded(64, 64, SKJpegEncoderDownsample.Downsample420, 90, 60);
        Assert.Equal(8, Image.Decode(file, ..8, ..8).Height);
        file.AsSpan(file.Length - 600, 40).Fill(0x55);
        byte[] first = new byte[3 * 8 * 8];
        bool isWhole = BaselineWindow.TryDecode(file.AsSpan(0, file.Length - 300), BaselineHeader.Read(file)!, 0, 0, 8, 8, first);
        Assert.False(isWhole);
    }
}
