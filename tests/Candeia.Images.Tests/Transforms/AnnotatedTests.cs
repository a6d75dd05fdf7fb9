namespace Candeia.Images.Tests;

/// <summary>Boxes, masks and key points stand after a transform where what they mark stands in the picture.</summary>
public class AnnotatedTests
{
    const int Size = 60;
    static readonly (int Left, int Top, int Right, int Bottom) s_box = (20, 26, 38, 40);

    /// <summary>A white rectangle on black, and all that can be said of it.</summary>
    static Annotated Scene()
    {
        var picture = Tensor.Zeros([1, Size, Size]);
        picture[0, s_box.Top..s_box.Bottom, s_box.Left..s_box.Right] = 1;
        return new(picture, new Boxes(Tensor.From([s_box.Left, s_box.Top, s_box.Right, (float)s_box.Bottom], [1, 4])), new Mask(picture[0].To(DType.Int64)),
            new KeyPoints(Tensor.From([s_box.Left, s_box.Top, s_box.Right, (float)s_box.Bottom], [2, 2])), Tensor.From([7L]));
    }

    public static TheoryData<string> Names => [.. s_transforms.Keys];

    static readonly Dictionary<string, Transform> s_transforms = new()
    {
        ["flip"] = new RandomHorizontalFlip(1),
        ["vertical flip"] = new RandomVerticalFlip(1),
        ["resize"] = new Resize((90, 30)),
        ["crop"] = new Crop(10, 12, 40, 44),
        ["center crop"] = new CenterCrop(44),
        ["pad"] = new Pad(3, 4, 5, 6),
        ["random resized crop"] = new RandomResizedCrop(50, MinScale: 0.9),
        ["rotate"] = new Rotate(25, Linear: true),
        ["rotate and expand"] = new Rotate(-40, Linear: true, Expand: true),
        ["affine"] = new Affine(-10, 3, 4, 1.2, 8, 3, Linear: true),
        ["perspective"] = new Perspective([(0, 0), (60, 0), (60, 60), (0, 60)], [(4, 3), (58, 0), (55, 57), (1, 60)]),
        ["zoom out"] = new RandomZoomOut(1.5, P: 1),
        ["scale jitter"] = new ScaleJitter((80, 80), 0.8, 1.2),
        ["all"] = new RandomRotation(10, Linear: true).Then(new Resize(70)).Then(new CenterCrop(60)).Then(new RandomHorizontalFlip()),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Boxes_masks_and_key_points_move_with_the_picture(string name)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var moved = s_transforms[name].Apply(Scene(), new Generator(seed));
            var (left, top, right, bottom) = Around(moved.Image[0]);
            float[] box = moved.Boxes!.Values.ToArray<float>();
            foreach (var (is_, should) in new[] { (box[0], left), (box[1], top), (box[2], right), (box[3], bottom) }) Assert.InRange(is_ - should, -1.6, 1.6);
            Assert.Equal(moved.Image.Shape[1..], moved.Mask!.Values.Shape);
            Assert.Equal(DType.Int64, moved.Mask.Values.DType);
            double differs = ((moved.Mask.Values.To(DType.Float32) - moved.Image[0]).Abs() > 0.6).To(DType.Float32).Sum().Item();
            Assert.InRange(differs, 0, 90);                                   // the edge: the nearest pixel is not the mean
            float[] points = moved.KeyPoints!.Values.ToArray<float>();
            Assert.All(points, p => Assert.InRange(p, -2, 100));
            // Two opposite corners of a rectangle lie in the box, also where it stands askew.
            Assert.InRange(points[0], box[0] - 0.01, box[2] + 0.01);
            Assert.InRange(points[3], box[1] - 0.01, box[3] + 0.01);
        }
    }

    static (float, float, float, float) Around(Tensor picture)
    {
        float[] rows = picture.Amax([1]).ToArray<float>(), columns = picture.Amax([0]).ToArray<float>();
        return (Array.FindIndex(columns, c => c > 0.3), Array.FindIndex(rows, r => r > 0.3), Array.FindLastIndex(columns, c => c > 0.3) + 1, Array.FindLastIndex(rows, r => r > 0.3) + 1);
    }

    [Fact]
    public void Boxes_are_exact_where_pixels_are()
    {
        float[] Box(Transform transform, BoxFormat format = BoxFormat.XYXY) => (transform.Apply(Scene() with { Boxes = Scene().Boxes!.To(format) }).Boxes! with { }).Values.ToArray<float>();
        Assert.Equal([22, 26, 40, 40], Box(new RandomHorizontalFlip(1)));
        Assert.Equal([20, 20, 38, 34], Box(new RandomVerticalFlip(1)));
        Assert.Equal([40, 52, 76, 80], Box(new Resize((120, 120))));
        Assert.Equal([0, 6, 8, 15], Box(new Crop(20, 30, 15, 20)));
        Assert.Equal([10, 26 - 20, 18, 14], Box(new Crop(20, 10, 30, 40), BoxFormat.XYWH));
        Assert.Equal([31, 33, 18, 14], Box(new RandomHorizontalFlip(1), BoxFormat.CXCYWH));
    }

    [Fact]
    public void Boxes_that_were_cut_away_go_with_their_labels()
    {
        var scene = Scene() with
        {
            Boxes = new(Tensor.From([0f, 0, 5, 5, 20, 26, 38, 40], [2, 4])), Labels = Tensor.From([1L, 2]), Mask = new(Tensor.Stack([Tensor.Zeros([Size, Size]), Tensor.Ones([Size, Size])])),
        };
        var cut = new Crop(20, 20, 20, 20).Then(new SanitizeBoundingBoxes()).Apply(scene);
        Assert.Equal([0, 6, 18, 20], cut.Boxes!.Values.ToArray<float>());
        Assert.Equal([2L], cut.Labels!.ToArray<long>());
        Assert.Equal([1, 20, 20], cut.Mask!.Values.Shape);
    }

    [Fact]
    public void An_elastic_picture_takes_its_mask_along()
    {
        var moved = new ElasticTransform(40, 4).Apply(Scene(), new Generator(3));
        Assert.NotEqual(Scene().Image.ToArray<float>(), moved.Image.ToArray<float>());
        Assert.InRange(((moved.Mask!.Values.To(DType.Float32) - moved.Image[0]).Abs() > 0.6).To(DType.Float32).Sum().Item(), 0, 10);
    }

    [Fact]
    public void What_is_no_picture_is_refused_with_its_shape()
    {
        Assert.Contains("[5, 5]", Assert.Throws<ShapeException>(() => new Invert().Apply(Tensor.Zeros([5, 5]))).Message, StringComparison.Ordinal);
        Assert.Contains("Int64", Assert.Throws<ArgumentException>(() => new Invert().Apply(Tensor.Zeros([3, 5, 5], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("[n, 4]", Assert.Throws<ShapeException>(() => new Boxes(Tensor.Zeros([4]))).Message, StringComparison.Ordinal);
        Assert.Contains("ToDtype", Assert.Throws<ArgumentException>(() => Normalize.ImageNet.Apply(Tensor.Zeros([3, 5, 5], DType.UInt8))).Message, StringComparison.Ordinal);
        Assert.Contains("padIfNeeded", Assert.Throws<ShapeException>(() => new RandomCrop(9).Apply(Tensor.Zeros([3, 5, 5]))).Message, StringComparison.Ordinal);
    }
}
