namespace Candeia.Images.Tests;

/// <summary>Parts of photographs have the pixels that they have in the whole.</summary>
public class WindowTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Photographs.Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    static void Check(byte[] file, int windows)
    {
        var whole = Image.Decode(file);
        var random = new Generator(3);
        for (int i = 0; i < windows; i++)
        {
            int height = 1 + random.NextInt(whole.Height), width = 1 + random.NextInt(whole.Width), top = random.NextInt(whole.Height - height + 1), left = random.NextInt(whole.Width - width + 1);
            Range rows = top..(top + height), columns = left..(left + width);
            Image part = Image.Decode(file, rows, columns), expected = whole.Crop(rows, columns);
            Assert.Equal(expected.Info, part.Info);
            Assert.True(expected.Pixels.SequenceEqual(part.Pixels), $"{height}×{width} at ({top}, {left}) of {whole}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Of_all_formats(string file)
    {
        if (file.EndsWith(".txt", StringComparison.Ordinal)) return;
        SkiaCodecs.Register();
        Check(File.ReadAllBytes(Photographs.PathOf(file)), 25);
    }

    [Theory]
    [InlineData(PixelFormat.Rgb, 60), InlineData(PixelFormat.Rgb, 95), InlineData(PixelFormat.Gray, 80)]
    public void Of_large_ones_with_noise(PixelFormat format, int quality)
    {
        SkiaCodecs.Register();
        var random = new Generator(1);
        var image = new Image(301, 203, format);
        foreach (ref byte pixel in image.Pixels) pixel = (byte)random.NextInt(256);
        Check(image.Encode(new JpegCodec(quality)), 60);
    }

    [Fact]
    public void What_is_damaged_or_not_within_is_refused()
    {
        SkiaCodecs.Register();
        byte[] file = Photographs.Smooth(64, 48, PixelFormat.Rgb).Encode(new JpegCodec(90));
        Assert.Throws<ArgumentOutOfRangeException>(() => Image.Decode(file, 40..50, ..));
        Assert.Throws<ArgumentOutOfRangeException>(() => Image.Decode(file, .., 5..5));
        Assert.Throws<ImageFormatException>(() => Image.Decode(file.AsSpan(..(file.Length / 2)), 40..48, ..));
        Assert.Throws<ImageFormatException>(() => Image.Decode(file.AsSpan(..^2), ..8, ..8));
    }
}
