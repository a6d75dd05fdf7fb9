namespace Candeia.Images.Tests;

/// <summary>Boxes, masks, places and movement on pictures; masks and movement against torchvision 0.14: tests/golden/families/drawing.py.</summary>
public class DrawingTests
{
    static readonly Rgb s_red = new(255, 0, 0), s_green = new(0, 255, 0);

    static Rgb At(Image image, int x, int y) => image.Row(y).Slice(3 * x, 3) is var p ? new(p[0], p[1], p[2]) : default;

    [Fact]
    public void A_box_is_as_wide_as_it_says_and_keeps_what_is_in_it()
    {
        var picture = new Image(20, 16, PixelFormat.Rgb);
        var drawn = picture.DrawBoundingBoxes(new Boxes([[2f, 3, 12, 10]]), colours: [s_red], width: 2);
        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 20; x++)
            {
                bool inside = x is >= 2 and < 12 && y is >= 3 and < 10, core = x is >= 4 and < 10 && y is >= 5 and < 8;
                Assert.Equal(inside && !core ? s_red : default, At(drawn, x, y));
            }
        Assert.All(picture.Pixels.ToArray(), p => Assert.Equal(0, p));        // the picture itself is as it was
        Assert.Equal(new(128, 0, 0), At(picture.DrawBoundingBoxes(new Boxes([[2f, 3, 12, 10]]), colours: [s_red], fill: 0.5), 6, 6));
    }

    [Fact]
    public void A_box_around_all_is_on_the_border_and_one_outside_is_nowhere()
    {
        var drawn = new Image(8, 6, PixelFormat.Gray).DrawBoundingBoxes(new Boxes([[0f, 0, 8, 6], [-50, -50, -40, -40], [90, 2, 1e9f, 4]]), colours: [s_green]);
        Assert.Equal((s_green, s_green, default), (At(drawn, 0, 0), At(drawn, 7, 5), At(drawn, 3, 3)));
        Assert.Equal(2 * 8 + 2 * 4, drawn.Pixels.ToArray().Count(p => p > 0));
    }

    [Fact]
    public void Labels_can_be_read_and_equal_ones_have_equal_colours()
    {
        var boxes = new Boxes([[5f, 5, 60, 50], [70, 5, 120, 50], [5, 55, 60, 90]]);
        var drawn = new Image(130, 100, PixelFormat.Rgb).DrawBoundingBoxes(boxes, ["cat", "dog", "cat"]);
        Assert.Equal(At(drawn, 59, 49), At(drawn, 59, 89));
        Assert.NotEqual(At(drawn, 59, 49), At(drawn, 119, 49));
        var plain = new Image(130, 100, PixelFormat.Rgb).DrawBoundingBoxes(boxes, ["", "", ""]);
        Assert.NotEqual(plain.Pixels.ToArray(), drawn.Pixels.ToArray());
        Assert.Contains(new Rgb(255, 255, 255), Enumerable.Range(0, 60).SelectMany(x => Enumerable.Range(0, 30).Select(y => At(drawn, x, y))));     // white on dark red
        Assert.Throws<ArgumentException>(() => drawn.DrawBoundingBoxes(boxes, ["cat"]));
        Assert.Throws<ArgumentException>(() => drawn.DrawBoundingBoxes(boxes, colours: [s_red, s_green]));
    }

    [Fact]
    public void Masks_are_laid_over_as_in_torchvision()
    {
        foreach (var c in Golden.Open("drawing").Of("draw_segmentation_masks"))
        {
            var drawn = Image.FromTensor(c["input0"].Tensor).DrawSegmentationMasks(new Mask(c["input1"].Tensor), c.Number("alpha"), [s_red, s_green, new(10, 20, 200)]);
            byte[] expected = c.Output.Tensor.ToArray<byte>(), seen = drawn.ToTensor(DType.UInt8).ToArray<byte>();
            for (int i = 0; i < seen.Length; i++) Assert.InRange(seen[i] - expected[i], -1, 1);
        }
    }

    [Fact]
    public void Numbers_of_a_mask_have_their_colours()
    {
        var drawn = new Image(3, 1, PixelFormat.Rgb).DrawSegmentationMasks(new Mask(Tensor.From([0L, 1, 255], [1, 3])), alpha: 1);
        Assert.Equal((default, Rgb.Of(1), Rgb.Of(255)), (At(drawn, 0, 0), At(drawn, 1, 0), At(drawn, 2, 0)));
        Assert.Contains("3", Assert.Throws<ArgumentException>(() => drawn.DrawSegmentationMasks(new Mask(Tensor.From([3L, 0, 0], [1, 3])), colours: [s_red])).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => drawn.DrawSegmentationMasks(new Mask(Tensor.Zeros([2, 3]))));
    }

    [Fact]
    public void Places_are_dots_that_lines_join_and_unknown_ones_are_left_out()
    {
        var points = new KeyPoints(Tensor.From([5.5f, 5.5f, 1, 25.5f, 5.5f, 1, 15.5f, 20.5f, 0], [1, 3, 3]));
        var drawn = new Image(32, 28, PixelFormat.Rgb).DrawKeyPoints(points, [(0, 1), (1, 2)], s_green, radius: 2, width: 1);
        Assert.Equal((s_green, s_green, s_green), (At(drawn, 5, 5), At(drawn, 25, 5), At(drawn, 15, 5)));
        Assert.Equal((default, default), (At(drawn, 15, 20), At(drawn, 20, 13)));
        Assert.Equal((s_green, default), (At(drawn, 5, 6), At(drawn, 15, 7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => drawn.DrawKeyPoints(points, [(0, 3)]));
        Assert.Equal(drawn.Pixels.ToArray(), drawn.DrawKeyPoints(new KeyPoints(Tensor.From([-40f, 2, 1e30f, 3, float.NaN, 1], [3, 2]))).Pixels.ToArray());
        Assert.Throws<ShapeException>(() => new KeyPoints(Tensor.Zeros([4])));
    }

    [Fact]
    public void Movement_is_shown_as_in_torchvision()
    {
        foreach (var c in Golden.Open("drawing").Of("flow_to_image"))
        {
            byte[] expected = c.Output.Tensor.ToArray<byte>(), seen = Image.FromFlow(c["input0"].Tensor).ToTensor(DType.UInt8).ToArray<byte>();
            for (int i = 0; i < seen.Length; i++) Assert.InRange(seen[i] - expected[i], -1, 1);      // float32 there, float64 here
        }
        Assert.All(Image.FromFlow(Tensor.Zeros([2, 3, 3])).Pixels.ToArray(), p => Assert.Equal(255, p));
        Assert.Throws<ShapeException>(() => Image.FromFlow(Tensor.Zeros([3, 3, 3])));
    }

    [Fact]
    public void A_grid_brings_any_numbers_to_black_and_white()
    {
        var batch = Tensor.From([-3f, 1, 0, 5], [2, 1, 1, 2]);
        byte[] all = [.. Image.Grid(batch, padding: 0, normalize: true).Pixels], some = [.. Image.Grid(batch, padding: 0, valueRange: (0, 2)).Pixels];
        foreach (byte shade in (byte[])[0, 128, 96, 255]) Assert.Contains(shade, all);
        foreach (byte shade in (byte[])[0, 128, 255]) Assert.Contains(shade, some);
        Assert.Equal(Image.Grid(batch.Clamp(0, 1)).Pixels.ToArray(), Image.Grid(batch, valueRange: (0, 1)).Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => Image.Grid(batch, valueRange: (1, 1)));
    }
}
