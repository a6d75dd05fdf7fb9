using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Images.Tests;

public class NetpbmTests
{
    static Image Read(string header, params byte[] data) => Image.Decode([.. Encoding.ASCII.GetBytes(header), .. data]);

    [Fact]
    public void Plain_and_binary_files_are_read()
    {
        Assert.Equal([0, 128, 255], Read("P2 3 1 # comment\n2\n0 1 2").Pixels.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], Read("P3\n#a\n2\t1\r\n255\n1 2 3\n4 5 6\n").Pixels.ToArray());
        Assert.Equal([9, 8], Read("P5\n1 2\n255\n", 9, 8).Pixels.ToArray());
        Assert.Equal([17, 34, 255], Read("P6 1 1 15 ", 1, 2, 15).Pixels.ToArray());
        var wide = Read("P5 2 1 65535\n", 1, 2, 255, 255);
        Assert.Equal((16, 258 / 65535f), (wide.BitsPerSample, (float)wide.ToTensor()[0, 0, 0]));
    }

    [Fact]
    public void Pixels_survive()
    {
        foreach (var format in (PixelFormat[])[PixelFormat.Gray, PixelFormat.Rgb])
            foreach (int bits in (int[])[8, 16])
            {
                var image = Pictures.Make(31, 17, format, bits);
                var back = Image.Decode(image.Encode(new NetpbmCodec()));
                Assert.Equal(image.Info, back.Info);
                Assert.Equal(image.Pixels.ToArray(), back.Pixels.ToArray());
            }
        Assert.Throws<NotSupportedException>(() => Pictures.Make(2, 2, PixelFormat.Rgba).Encode(new NetpbmCodec()));
    }

    [Theory]
    [InlineData("P5")]
    [InlineData("P5 2")]
    [InlineData("P5 0 1 255 ")]
    [InlineData("P5 -1 1 255 ")]
    [InlineData("P5 1 1 0 a")]
    [InlineData("P5 1 1 65536 aaaa")]
    [InlineData("P5 1 1 100 z")]
    [InlineData("P5 2 2 255 abc")]
    [InlineData("P5 99999999999999999999 1 255 abc")]
    [InlineData("P6 2000000000 2000000000 255 abc")]
    [InlineData("P2 2 1 255 1")]
    [InlineData("P2 2 1 255 1 x")]
    [InlineData("P2 2 1 255 1 256")]
    [InlineData("P2 2 1 255 # 1 2 3 4 5")]
    [InlineData("P2 1000000 1 255 1 2 3")]
    public void Damaged_files_are_refused(string file) => Assert.Throws<ImageFormatException>(() => Read(file));

    [Fact]
    public void Random_files_are_read_or_refused()
    {
        var word = Gen.Elements("P2", "P3", "P5", "P6", " ", "\n", "#", "1", "2", "3", "255", "65535", "-", "x", "9999999999", "1 1 255\n", "2 1 9 ");
        var words = Gen.Choose(0, 12).SelectMany(count => word.ListOf(count));
        Prop.ForAll(Gen.Elements("P2 ", "P3 ", "P5 ", "P6 ").Zip(words).ToArbitrary(), file =>
        {
            try
            {
                Read(file.Item1 + string.Concat(file.Item2));
            }
            catch (ImageFormatException) { }
        }).Try(3000);
    }
}
