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
}
