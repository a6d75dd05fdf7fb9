namespace Candeia.Images.Tests;

/// <summary>Bytes are resized by a kernel of their own: with the results of the one for numbers, to the nearest level.</summary>
public class ResizedBytesTests
{
    [Theory]
    [InlineData(3, true), InlineData(3, false), InlineData(4, true), InlineData(1, true), InlineData(2, true)]
    public void Results_are_those_of_numbers(int channels, bool interleaved)
    {
        var random = new Generator(5);
        var pixels = (Tensor.Rand([37, 53, channels], generator: random) * 255).Round().To(DType.UInt8).Permute(2, 0, 1);
        if (!interleaved) pixels = pixels.Contiguous();
        foreach (var (height, width) in ((int, int)[])[(20, 20), (37, 11), (80, 90), (1, 1), (5, 120)])
            foreach (var mode in (Interpolation[])[Interpolation.Linear, Interpolation.Cubic])
                foreach (bool antialias in (bool[])[true, false])
                {
                    Tensor wanted = pixels.To(DType.Float32).Unsqueeze(0).Interpolate([height, width], mode, antialias: antialias)[0].Clamp(0, 255);
                    Tensor seen = new Resize((height, width), mode, antialias).Apply(pixels);
                    Assert.Equal((DType.UInt8, wanted.Shape), (seen.DType, seen.Shape));
                    // Half ways may be rounded to either side.
                    Assert.InRange((seen.To(DType.Float32) - wanted).Abs().Amax().Item(), 0, 0.502);
                }
    }

    [Fact]
    public void Parts_and_several_pictures_too()
    {
        var pixels = (Tensor.Rand([2, 3, 30, 40], generator: new Generator(2)) * 255).Round().To(DType.UInt8);
        var several = new Resize((15, 21)).Apply(pixels);
        for (int i = 0; i < 2; i++) Assert.Equal(new Resize((15, 21)).Apply(pixels[i]).ToArray<byte>(), several[i].ToArray<byte>());
        var image = Image.FromTensor(pixels[0]).ToTensor(DType.UInt8)[.., 3..20, 5..31];
        Assert.Equal(new Resize((8, 9)).Apply(image.Contiguous()).ToArray<byte>(), new Resize((8, 9)).Apply(image).ToArray<byte>());
    }

    [Theory]
    [InlineData(DType.UInt8), InlineData(DType.Float32)]
    public void The_middle_of_a_resized_picture_is_that_of_the_whole(DType type)
    {
        var pixels = (Tensor.Rand([3, 37, 53], generator: new Generator(2)) * 255).Round().To(DType.UInt8);
        Annotated scene = new(
            type == DType.UInt8 ? pixels : pixels.To(type) / 255, new(Tensor.From([3f, 5, 30, 31, 20, 0, 53, 12], [2, 4])), new Mask(pixels[0].To(DType.Int64)), new(Tensor.From([1f, 2, 40, 30], [2, 2])));
        foreach (var (resize, crop) in ((Resize, CenterCrop)[])
            [(new(24), new(20)), (new(60), new((61, 47))), (new((30, 41), Interpolation.Cubic), new((30, 20))), (new(37), new(31)), (new(20, antialias: false), new(20)), (new(16), new(24)), (new(24, interpolation: Interpolation.Nearest), new(19))])
        {
            Annotated wanted = crop.Apply(resize.Apply(scene)), seen = resize.Then(crop).Apply(scene);
            Assert.True(wanted.Image.Equal(seen.Image), $"{resize}, {crop}");
            Assert.True(wanted.Mask!.Values.Equal(seen.Mask!.Values), $"{resize}, {crop}");
            // Places are rounded once, and not after each step.
            Assert.InRange((wanted.Boxes!.Values - seen.Boxes!.Values).Abs().Amax().Item(), 0, 1e-5);
            Assert.InRange((wanted.KeyPoints!.Values - seen.KeyPoints!.Values).Abs().Amax().Item(), 0, 1e-5);
        }
    }

    [Theory]
    [InlineData(10, 20_000), InlineData(60_000, 1)]
    public void The_middle_of_a_ribbon_takes_no_memory_for_its_ends(int height, int width)
    {
        var ribbon = new Image(width, height, PixelFormat.Rgb).ToTensor(DType.UInt8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([3, 224, 224], new Resize(256).Then(new CenterCrop(224)).Apply(ribbon).Shape);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void A_side_that_no_array_could_hold_is_refused() =>
        Assert.Contains("longest", Assert.Throws<ShapeException>(() => new Resize(256).Apply(Tensor.Zeros([1, 1, 9_000_000], DType.UInt8))).Message, StringComparison.Ordinal);
}
