using System.Runtime.CompilerServices;

namespace Candeia.Images.Tests;

/// <summary>Files that Pillow wrote, in tests/golden/pictures, and what it reads of them.</summary>
public class PhotographTests
{
    [ModuleInitializer]
    internal static void Register() => SkiaCodecs.Register();

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Photographs.Folder).Select(f => Path.GetFileName(f)).Where(f => !f.EndsWith(".png", StringComparison.Ordinal)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Pixels_are_those_that_Pillow_reads(string file)
    {
        var (read, expected) = (Image.Load(Photographs.PathOf(file)), Image.Load(Photographs.PathOf(file + ".png")));
        if (read.Format == PixelFormat.Rgba && expected.Format == PixelFormat.Rgb)       // Skia tells no more of an indexed file than that it may be transparent
        {
            Assert.All(Enumerable.Range(0, read.Width * read.Height), i => Assert.Equal(255, read.Pixels[4 * i + 3]));
            read = read.ToRgb();
        }
        Assert.Equal(expected.Info, read.Info);
        Assert.Equal(Image.Identify(File.ReadAllBytes(Photographs.PathOf(file))) with { Format = read.Format }, read.Info);
        // Inks become colours by rounding, which two programs do in two ways.
        int most = file == "inks.jpg" ? 1 : 0;
        for (int i = 0; i < read.Pixels.Length; i++) Assert.InRange(read.Pixels[i] - expected.Pixels[i], -most, most);
    }

    [Fact]
    public void A_camera_on_its_side_changes_nothing_but_where_pixels_stand()
    {
        var sizes = Enumerable.Range(1, 8).Select(i => Image.Load(Photographs.PathOf($"turned{i}.jpg"))).ToArray();
        Assert.Equal([33, 33, 33, 33, 21, 21, 21, 21], sizes.Select(s => s.Width));
    }

    [Theory]
    [InlineData(PixelFormat.Gray, "x.jpg"), InlineData(PixelFormat.Rgb, "x.jpeg"), InlineData(PixelFormat.Rgb, "x.webp"), InlineData(PixelFormat.Rgba, "x.webp")]
    public void What_is_written_can_be_read(PixelFormat format, string name)
    {
        using var folder = new TemporaryFolder();
        var picture = Photographs.Smooth(40, 30, format);
        picture.Save(folder[name]);
        var read = Image.Load(folder[name]);
        Assert.Equal(picture.Info, read.Info);
        for (int i = 0; i < read.Pixels.Length; i++) Assert.InRange(read.Pixels[i] - picture.Pixels[i], -12, 12);
    }

    [Theory]
    [InlineData(PixelFormat.Gray), InlineData(PixelFormat.Rgb), InlineData(PixelFormat.Rgba)]
    public void Lossless_keeps_every_pixel(PixelFormat format)
    {
        var picture = Photographs.Smooth(17, 9, format);
        var read = Image.Decode(picture.Encode(new WebPCodec(Lossless: true)));
        Assert.Equal((format == PixelFormat.Gray ? picture.ToRgb() : picture).Pixels.ToArray(), read.Pixels.ToArray());
    }

    [Fact]
    public void Less_quality_is_a_smaller_file()
    {
        var picture = Photographs.Smooth(64, 64, PixelFormat.Rgb);
        Assert.True(picture.Encode(new JpegCodec(20)).Length < picture.Encode(new JpegCodec(95)).Length);
    }

    [Fact]
    public void What_a_format_has_no_room_for_is_refused_with_the_remedy()
    {
        Assert.Contains("ToRgb()", Assert.Throws<NotSupportedException>(() => new Image(4, 4, PixelFormat.Rgba).Encode(new JpegCodec())).Message, StringComparison.Ordinal);
        Assert.Contains("To8Bit()", Assert.Throws<NotSupportedException>(() => new Image(4, 4, PixelFormat.Rgb, 16).Encode(new JpegCodec())).Message, StringComparison.Ordinal);
        Assert.Contains("PNG", Assert.Throws<NotSupportedException>(() => new Image(4, 4, PixelFormat.Rgb).Save("x.gif")).Message, StringComparison.Ordinal);
        Assert.Contains("too large", Assert.Throws<NotSupportedException>(() => new Image(70_000, 1, PixelFormat.Rgb).Encode(new JpegCodec())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(4, 4, PixelFormat.Rgb).Encode(new JpegCodec(101)));
    }
}
