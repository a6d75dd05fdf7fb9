namespace Candeia.Images.Tests;

/// <summary>What most photographs go through is one pass, with the bits of its steps.</summary>
public class PicturePassTests
{
    static readonly Transform s_numbers = new ToDtype(DType.Float32);

    public static TheoryData<Transform> Transforms =>
    [
        new RandomResizedCrop(16).Then(new RandomHorizontalFlip()).Then(s_numbers).Then(Normalize.ImageNet),
        new RandomResizedCrop((9, 30), Interpolation: Interpolation.Cubic).Then(s_numbers),
        new RandomResizedCrop(24, Antialias: false).Then(new RandomHorizontalFlip(0.9)),
        new RandomResizedCrop(12),
        new Resize((20, 31)).Then(s_numbers).Then(new Normalize([0.5], [0.25])),
        new Resize((33, 47)).Then(new RandomHorizontalFlip()).Then(s_numbers),
    ];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void The_bits_are_those_of_the_steps(Transform transform)
    {
        var random = new Generator(4);
        var picture = new Image(47, 33, PixelFormat.Rgb);
        foreach (ref byte pixel in picture.Pixels) pixel = (byte)random.NextInt(256);
        var pass = PicturePass.Of(transform);
        Assert.NotNull(pass);
        for (ulong seed = 0; seed < 12; seed++)
        {
            var wanted = transform.Apply(picture.ToTensor(DType.UInt8), new Generator(seed));
            if (wanted.DType == DType.UInt8) wanted = s_numbers.Apply(wanted);
            var generator = new Generator(seed);
            var part = pass.Choose(33, 47, generator) is { } w ? picture.Crop(w.Top..(w.Top + w.Height), w.Left..(w.Left + w.Width)) : picture;
            float[] seen = new float[wanted.Numel];
            pass.Write(part, generator, seen);
            Assert.Equal(wanted.ToArray<float>(), seen);
        }
    }

    [Fact]
    public void Other_transforms_have_none()
    {
        Transform flip = new RandomHorizontalFlip(), crop = new RandomResizedCrop(8);
        foreach (var other in (Transform[])[flip, crop.Then(new RandomVerticalFlip()), crop.Then(new ToDtype(DType.Float64)), crop.Then(new ToDtype(DType.Float32, Scale: false)),
            crop.Then(Normalize.ImageNet), new Resize(8).Then(s_numbers), new RandomResizedCrop(8, Interpolation: Interpolation.Nearest), crop.Then(s_numbers).Then(flip)])
            Assert.Null(PicturePass.Of(other));
    }

    [Fact]
    public void Gray_pictures_and_channels_that_do_not_fit()
    {
        var picture = new Image(20, 14, PixelFormat.Gray);
        for (int i = 0; i < picture.Pixels.Length; i++) picture.Pixels[i] = (byte)i;
        var transform = new Resize((7, 9)).Then(s_numbers).Then(new Normalize([0.5], [0.5]));
        float[] seen = new float[7 * 9];
        PicturePass.Of(transform)!.Write(picture, new Generator(1), seen);
        Assert.Equal(transform.Apply(picture.ToTensor(DType.UInt8)).ToArray<float>(), seen);
        Assert.Throws<ShapeException>(() => PicturePass.Of(new Resize((7, 9)).Then(s_numbers).Then(Normalize.ImageNet))!.Write(picture, new Generator(1), seen));
    }
}
