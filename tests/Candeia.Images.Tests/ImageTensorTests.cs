using System.Runtime.InteropServices;

namespace Candeia.Images.Tests;

public class ImageTensorTests
{
    [Fact]
    public void Planes_hold_the_samples_from_0_to_1()
    {
        var image = new Image(new(2, 1, PixelFormat.Rgb), [0, 51, 102, 255, 204, 153]);
        var tensor = image.ToTensor();
        Assert.Equal([3, 1, 2], tensor.Shape);
        Assert.Equal([0 / 255f, 255 / 255f, 51 / 255f, 204 / 255f, 102 / 255f, 153 / 255f], tensor.ToArray<float>());
    }

    [Fact]
    public void Sixteen_bits_keep_their_precision()
    {
        var image = new Image(3, 1, PixelFormat.Gray, 16);
        ((ReadOnlySpan<ushort>)[0, 1, 65535]).CopyTo(MemoryMarshal.Cast<byte, ushort>(image.Pixels));
        Assert.Equal([0, 1 / 65535f, 1], image.ToTensor().ToArray<float>());
    }

    [Fact]
    public void Eight_bits_go_there_and_back()
    {
        foreach (var format in Pictures.Formats)
        {
            var image = Pictures.Make(17, 13, format);
            var back = Image.FromTensor(image.ToTensor());
            Assert.Equal(image.Info, back.Info);
            Assert.Equal(image.Pixels.ToArray(), back.Pixels.ToArray());
        }
    }

    [Fact]
    public void Values_are_rounded_and_cut()
    {
        var tensor = Tensor.From([-1f, 0.001f, 0.5f, 1.5f, float.NaN, float.PositiveInfinity], [2, 3]);
        Assert.Equal([0, 0, 128, 255, 0, 255], Image.FromTensor(tensor).Pixels.ToArray());
        Assert.Equal([7, 255], Image.FromTensor(Tensor.From<byte>([7, 255], [1, 2])).Pixels.ToArray());
    }

    [Fact]
    public void What_is_no_image_is_refused()
    {
        Assert.Contains("[5, 2, 2]", Assert.Throws<ShapeException>(() => Image.FromTensor(Tensor.Zeros([5, 2, 2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Image.FromTensor(Tensor.Zeros([0, 2])));
        Assert.Throws<ShapeException>(() => Image.FromTensor(Tensor.Zeros([1, 1, 2, 2])));
        Assert.Throws<ArgumentException>(() => Image.FromTensor(Tensor.Zeros([2, 2], DType.Int64)));
        Assert.Throws<ShapeException>(() => Image.Grid(Tensor.Zeros([2, 2])));
    }

    [Fact]
    public void A_batch_is_a_grid_of_its_images()
    {
        var images = new[] { Pictures.Make(4, 3, PixelFormat.Rgb, seed: 1), Pictures.Make(4, 3, PixelFormat.Rgb, seed: 2) };
        var batch = Tensor.From([.. images[0].ToTensor().ToArray<float>(), .. images[1].ToTensor().ToArray<float>()], [2, 3, 3, 4]);
        Assert.Equal(Image.Grid(images).Pixels.ToArray(), Image.Grid(batch).Pixels.ToArray());
        Assert.Equal(PixelFormat.Gray, Image.Grid(Tensor.Zeros([2, 3, 4])).Format);
    }
}
