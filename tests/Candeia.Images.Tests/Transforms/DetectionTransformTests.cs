namespace Candeia.Images.Tests;

/// <summary>Transforms that networks for boxes are trained with, and others of torchvision's second version.</summary>
public class DetectionTransformTests
{
    /// <summary>Three boxes of which each has its shade, label, mask and key points.</summary>
    static Annotated Scene()
    {
        var picture = Tensor.Zeros([3, 60, 80]);
        float[][] boxes = [[2, 3, 20, 25], [30, 10, 70, 50], [60, 45, 78, 58]];
        List<Tensor> masks = [];
        foreach (var (i, b) in boxes.Index())
        {
            var mask = Tensor.Zeros([60, 80], DType.UInt8);
            mask[(int)b[1]..(int)b[3], (int)b[0]..(int)b[2]] = 1;
            masks.Add(mask);
            picture[.., (int)b[1]..(int)b[3], (int)b[0]..(int)b[2]] = 0.25 * (i + 1);
        }
        var points = Tensor.From([.. boxes.SelectMany(b => (float[])[b[0], b[1], 1, b[2], b[3], 1])], [3, 2, 3]);
        return new(picture, new(Tensor.From([.. boxes.SelectMany(b => b)], [3, 4])), new(Tensor.Stack([.. masks])), new(points), Tensor.From([1L, 2, 3]));
    }

    [Fact]
    public void A_window_keeps_what_has_its_middle_in_it_with_all_that_belongs_to_it()
    {
        var scene = Scene();
        HashSet<int> counts = [];
        int untouched = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            var cut = new RandomIoUCrop().Apply(scene, new Generator(seed));
            int count = cut.Boxes!.Count;
            counts.Add(count);
            if (ReferenceEquals(cut, scene)) { untouched++; continue; }
            Assert.InRange((double)cut.Width / cut.Height, 0.5, 2);
            Assert.InRange(cut.Width, 0.3 * 80 - 1, 80);
            Assert.True(count > 0);
            Assert.Equal((count, count, count), (cut.Labels!.Shape[0], cut.Mask!.Values.Shape[0], cut.KeyPoints!.Values.Shape[0]));
            for (int i = 0; i < count; i++)
            {
                int[] box = Array.ConvertAll(cut.Boxes.Values[i].ToArray<float>(), v => (int)v);
                var part = cut.Image[0, box[1]..box[3], box[0]..box[2]];
                Assert.Equal(0.25f * (long)cut.Labels[i], (float)part[0, 0]);
                Assert.Equal((box[2] - box[0]) * (box[3] - box[1]), cut.Mask.Values[i].To(DType.Int64).Sum().Item());
                Assert.Equal(1, (double)cut.KeyPoints.Values[i, 0, 2]);                   // whether a place is seen is no place
            }
        }
        Assert.InRange(untouched, 10, 60);                                    // about one of seven
        Assert.Equal([1, 2, 3], counts.Order());
        Assert.Contains("Boxes", Assert.Throws<ArgumentException>(() => new RandomIoUCrop().Apply(Tensor.Zeros([3, 9, 9]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_boxes_are_left_out_with_their_key_points()
    {
        var left = new SanitizeBoundingBoxes(19).Apply(Scene());
        Assert.Equal([2L], left.Labels!.ToArray<long>());
        Assert.Equal([1, 2, 3], left.KeyPoints!.Values.Shape);
        Assert.Equal([1, 60, 80], left.Mask!.Values.Shape);
    }

    [Fact]
    public void Boxes_of_little_area_and_those_that_reach_out_are_left_out_too()
    {
        var scene = Scene();
        Assert.Equal([2L], new SanitizeBoundingBoxes(MinArea: 400).Apply(scene).Labels!.ToArray<long>());     // 18 · 22, 40 · 40, 18 · 13
        var far = scene with { Boxes = new(scene.Boxes!.Values + Tensor.From([-2.5f, 0, -2.5f, 0])) };
        Assert.Equal([2L, 3], new SanitizeBoundingBoxes().Apply(far).Labels!.ToArray<long>());
    }

    [Fact]
    public void A_window_keeps_as_much_of_a_box_as_is_asked_for()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var scene = Scene();
            Assert.Same(scene, new RandomIoUCrop(Overlaps: [1.0]).Apply(scene, new Generator(seed)));
            var cut = new RandomIoUCrop(Overlaps: [0.3], Trials: 4000).Apply(scene, new Generator(seed));
            double[] boxes = cut.Boxes!.Values.ToArray<double>();
            Assert.Contains(Enumerable.Range(0, cut.Boxes.Count), i => (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]) / (cut.Width * cut.Height) > 0.28);
        }
    }

    [Fact]
    public void The_shorter_side_gets_one_of_the_sizes_and_the_longer_one_no_more_than_it_may()
    {
        HashSet<(int, int)> sizes = [];
        for (ulong seed = 0; seed < 40; seed++)
        {
            var moved = new RandomShortestSize([30, 45, 90], 100).Apply(Scene(), new Generator(seed));
            sizes.Add((moved.Height, moved.Width));
            Assert.Equal(moved.Width * 70f / 80, (float)moved.Boxes!.Values[1, 2], 3);
        }
        Assert.Equal([(30, 40), (45, 60), (75, 100)], sizes.Order());
        Assert.All(Enumerable.Range(0, 30), i => Assert.InRange(new RandomResize(20, 24).Apply(Tensor.Zeros([3, 60, 80]), new Generator((ulong)i)).Shape[1], 20, 23));
    }

    [Fact]
    public void Colours_are_distorted_and_places_are_not()
    {
        var scene = Scene();
        HashSet<string> orders = [];
        for (ulong seed = 0; seed < 60; seed++)
        {
            var changed = new RandomPhotometricDistort(1).Apply(scene, new Generator(seed));
            Assert.Equal(scene.Boxes, changed.Boxes);
            Assert.Equal(scene.Image.Shape, changed.Image.Shape);
            Assert.NotEqual(scene.Image.ToArray<float>(), changed.Image.ToArray<float>());
            var channels = Tensor.From([1f, 2, 3], [3, 1, 1]);
            orders.Add(string.Concat(new RandomChannelPermutation().Apply(channels, new Generator(seed)).ToArray<float>()));
        }
        Assert.Equal(6, orders.Count);
        Assert.Equal(scene.Image.ToArray<float>(), new RandomPhotometricDistort(0).Apply(scene, new Generator(1)).Image.ToArray<float>());
    }

    [Fact]
    public void A_picture_is_turned_as_one_vector()
    {
        var swap = new LinearTransformation(Tensor.From([0f, 2, 1, 0], [2, 2]), Tensor.From([10f, 20]));
        Assert.Equal([-15f, -18, 0, 0], swap.Apply(Tensor.From([1f, 5, 10, 20], [2, 1, 1, 2])).ToArray<float>());
        Assert.Throws<ShapeException>(() => swap.Apply(Tensor.Zeros([1, 1, 3])));
        Assert.Contains("ToDtype", Assert.Throws<ArgumentException>(() => swap.Apply(Tensor.Zeros([1, 1, 2], DType.UInt8))).Message, StringComparison.Ordinal);
    }
}
