using System.IO.Compression;

namespace Candeia.Images.Tests;

public class PngRoundTripTests
{
    public static TheoryData<PixelFormat, int, CompressionLevel> Kinds()
    {
        var kinds = new TheoryData<PixelFormat, int, CompressionLevel>();
        foreach (var format in Pictures.Formats)
            foreach (int bits in (int[])[8, 16])
                foreach (var level in Enum.GetValues<CompressionLevel>()) kinds.Add(format, bits, level);
        return kinds;
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Pixels_survive(PixelFormat format, int bits, CompressionLevel level)
    {
        foreach (var (width, height) in ((int, int)[])[(1, 1), (1, 9), (7, 1), (33, 17), (150, 150), (1100, 3)])
        {
            var image = Pictures.Make(width, height, format, bits);
            byte[] file = image.Encode(new PngCodec(level));
            Assert.Equal(image.Info, Image.Identify(file));
            var back = Image.Decode(file);
            Assert.Equal(image.Info, back.Info);
            Assert.Equal(image.Pixels.ToArray(), back.Pixels.ToArray());
            Assert.Equal(file, image.Encode(new PngCodec(level)));
        }
    }

    [Fact]
    public void Many_threads_read_and_write_at_once()
    {
        var images = Enumerable.Range(0, 64).Select(i => Pictures.Make(20 + i, 90 - i, Pictures.Formats[i % 4], i % 3 == 0 ? 16 : 8, i)).ToArray();
        Parallel.For(0, 256, i =>
        {
            var image = images[i % images.Length];
            Assert.Equal(image.Pixels.ToArray(), Image.Decode(image.Encode(new PngCodec(CompressionLevel.Fastest))).Pixels.ToArray());
        });
    }

    [Fact]
    public void A_smooth_picture_is_filtered_well()
    {
        var image = new Image(200, 200, PixelFormat.Rgb);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(i % 600 / 3 + i / 600 * (i % 3));
        Assert.InRange(image.Encode().Length, 1, image.Pixels.Length / 50);
    }
}
