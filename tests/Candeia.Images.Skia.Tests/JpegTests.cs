namespace Candeia.Images.Tests;

public class JpegTests
{
    static double Apart(Tensor a, Tensor b) => (a.To(DType.Float32) - b.To(DType.Float32)).Abs().Mean().Item();

    [Theory]
    [InlineData(DType.UInt8, 3), InlineData(DType.UInt8, 1), InlineData(DType.Float32, 3), InlineData(DType.Float32, 1)]
    public void Less_quality_leaves_less_of_the_picture(DType type, int channels)
    {
        var picture = new ToDtype(type).Apply(Tensor.Rand([channels, 40, 48], generator: new Generator(3)));
        double white = type == DType.UInt8 ? 255 : 1;
        double[] apart = [.. ((int[])[100, 80, 30, 2]).Select(q => Apart(picture, new Jpeg(q).Apply(picture)) / white)];
        Assert.Equal(apart.Order(), apart);
        Assert.InRange(apart[0], 0, channels == 1 ? 0.01 : 0.2);              // colours are stored with half the pixels
        Assert.True(apart[3] > 0.1);
        var rough = new Jpeg(2).Apply(picture);
        Assert.Equal((picture.Shape, type), (rough.Shape, rough.DType));
    }

    [Fact]
    public void Qualities_are_drawn_from_the_generator()
    {
        var picture = Tensor.Rand([3, 24, 24], generator: new Generator(3));
        float[][] Some() => [.. Enumerable.Range(0, 8).Select(i => new Jpeg(1, 90).Apply(picture, new Generator((ulong)i)).ToArray<float>())];
        var some = Some();
        Assert.Equal(some, Some());
        Assert.True(some.Select(s => s.Sum()).Distinct().Count() > 5);
        Assert.Throws<ArgumentException>(() => new Jpeg(50, 20).Apply(picture));
        Assert.Throws<ShapeException>(() => new Jpeg(50).Apply(Tensor.Zeros([4, 8, 8])));
    }
}
