using Candeia.Images;

namespace Candeia.Datasets.Tests;

public class DrawnShapesTests
{
    [Fact]
    public void A_picture_depends_on_seed_and_index_alone()
    {
        var shapes = new DrawnShapes(50);
        Assert.Equal(shapes[7].Picture.Pixels.ToArray(), new DrawnShapes(9)[7].Picture.Pixels.ToArray());
        Assert.NotEqual(shapes[7].Picture.Pixels.ToArray(), new DrawnShapes(9, seed: 1)[7].Picture.Pixels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => shapes[50]);
    }

    [Fact]
    public void All_classes_come_about_equally_often()
    {
        int[] counts = [.. new DrawnShapes(600, 8).GroupBy(s => s.Label).OrderBy(g => g.Key).Select(g => g.Count())];
        Assert.Equal(6, counts.Length);
        Assert.All(counts, c => Assert.InRange(c, 70, 135));
    }

    [Fact]
    public void Box_and_mask_are_those_of_the_shape()
    {
        var shapes = new DrawnShapes(60);
        for (int i = 0; i < shapes.Count; i++)
        {
            var scene = shapes.Scene(i);
            Assert.Equal(shapes[i].Label, scene.Labels!.ToArray<long>()[0]);
            float[] box = scene.Boxes!.Values.ToArray<float>();
            Assert.True(box[0] >= 0 && box[1] >= 0 && box[2] <= 64 && box[3] <= 64 && box[2] - box[0] > 8 && box[3] - box[1] > 8);
            long[] mask = scene.Mask!.Values.ToArray<long>();
            Assert.Equal([0, shapes[i].Label + 1], mask.Distinct().Order());
            // The shape's colour is another than the background's, or nobody could see it.
            var picture = scene.Image.To(DType.Float32);
            var inside = (scene.Mask.Values > 0).To(DType.Float32);
            double apart = Enumerable.Range(0, 3).Max(c => Math.Abs((inside * picture[c]).Sum().Item() / inside.Sum().Item() - ((1 - inside) * picture[c]).Sum().Item() / (1 - inside).Sum().Item()));
            Assert.True(apart > 25, $"{i}: {apart}");
        }
    }
}
