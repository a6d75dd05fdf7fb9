namespace Candeia.Images.Tests;

public sealed class MaskTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_come_back_from_a_file_that_shows_them_in_colours()
    {
        long[] numbers = [.. Enumerable.Range(0, 256).Select(i => (long)i)];
        new Mask(Tensor.From(numbers, [16, 16])).Save(_folder["mask.png"]);
        var mask = Mask.Load(_folder["mask.png"]);
        Assert.Equal([16, 16], mask.Values.Shape);
        Assert.Equal(numbers, mask.Values.ToArray<long>());
        var shown = Image.Load(_folder["mask.png"]);
        Assert.Equal(PixelFormat.Rgb, shown.Format);
        Assert.Equal(numbers.Select(n => Rgb.Of((int)n)).SelectMany(c => (byte[])[c.Red, c.Green, c.Blue]), shown.Pixels.ToArray());
    }

    [Fact]
    public void Colours_are_those_of_Pascal_VOC()
    {
        Assert.Equal(default, Rgb.Of(0));
        Assert.Equal(new(128, 0, 0), Rgb.Of(1));
        Assert.Equal(new(192, 128, 128), Rgb.Of(15));
        Assert.Equal(new(224, 224, 192), Rgb.Of(255));
        Assert.Equal(256, Enumerable.Range(0, 256).Select(Rgb.Of).Distinct().Count());
    }

    [Fact]
    public void Gray_values_are_numbers_too_of_any_depth()
    {
        var bytes = new Image(new ImageInfo(2, 1, PixelFormat.Gray), [7, 255]);
        Assert.Equal([7L, 255], Mask.Decode(bytes.Encode()).Values.ToArray<long>());
        var wide = new Image(new ImageInfo(2, 1, PixelFormat.Gray, 16), BitConverter.IsLittleEndian ? [0x10, 0x27, 1, 0] : [0x27, 0x10, 0, 1]);
        Assert.Equal([10_000L, 1], Mask.Decode(wide.Encode()).Values.ToArray<long>());
        Assert.Equal([1L, 0, 1], Mask.Decode(new PngBuilder().Header(3, 1, depth: 1, color: 0).Data(0, 0b1010_0000).End()).Values.ToArray<long>());
        Assert.Equal([2L, 1, 3], Mask.Decode(new PngBuilder().Header(3, 1, depth: 2, color: 3).Chunk("PLTE", new byte[12]).Data(0, 0b1001_1100).End()).Values.ToArray<long>());
    }

    [Fact]
    public void Colours_are_no_mask_and_large_numbers_no_file()
    {
        Assert.Contains("3 values", Assert.Throws<ImageFormatException>(() => Mask.Decode(Pictures.Make(3, 3, PixelFormat.Rgb).Encode())).Message, StringComparison.Ordinal);
        Assert.Contains("256", Assert.Throws<NotSupportedException>(() => new Mask(Tensor.From([256L], [1, 1])).Save(_folder["x.png"])).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<NotSupportedException>(() => new Mask(Tensor.From([-1L], [1, 1])).Save(_folder["x.png"])).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => new Mask(Tensor.Zeros([2, 2, 2])).Save(_folder["x.png"]));
        Assert.Empty(_folder.Files);
    }
}
