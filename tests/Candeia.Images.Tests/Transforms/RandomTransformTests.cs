namespace Candeia.Images.Tests;

/// <summary>What is drawn: from the generator alone, and distributed as it should be.</summary>
public class RandomTransformTests
{
    static readonly Tensor s_picture = Golden.Open("transforms")["picture/"]["input0"].Tensor;

    static readonly Transform[] s_random =
    [
        new RandomCrop(8), new RandomCrop(16, Padding: 4, Mode: BorderMode.Reflect), new RandomCrop(30, PadIfNeeded: true), new RandomResizedCrop(8), new RandomHorizontalFlip(), new RandomVerticalFlip(),
        new RandomRotation(30), new RandomAffine(20, (0.1, 0.2), (0.8, 1.2), 10), new RandomPerspective(P: 1), new ElasticTransform(20, 1), new RandomZoomOut(),
        new ScaleJitter(12), new ColorJitter(0.4, 0.4, 0.4, 0.2), new GaussianBlur(3), new GaussianNoise(), new RandomErasing(1), new RandomErasing(1, Noise: true),
        new RandomApply(new Invert()), new RandomChoice(new Invert(), new Solarize()), new RandomOrder(new Invert(), new AdjustBrightness(0.5)),
        new RandAugment(), new TrivialAugmentWide(), new AutoAugment(), new AutoAugment(AutoAugmentPolicy.Cifar10), new AutoAugment(AutoAugmentPolicy.Svhn), new AugMix(), new AugMix(Alpha: 0.5),
        new AugMix(AllOps: false, Linear: false), new RandomCrop(20, Padding: (3, 4, 5, 6), Fill: [0.2, 0.4, 0.6]), new RandomRotation((10, 70), Fill: [1, 0, 0.5], Center: (2, 3)), new RandomAffine((-5, 40), ShearX: (-10, 20), ShearY: (5, 25), Fill: 1),
        new RandomPerspective(P: 1, Fill: [1, 0, 0.5]), new ElasticTransform(20, 1, AlphaDown: 40, SigmaDown: 3, Fill: [1, 0, 0.5]), new RandomZoomOut(4, 1, [0.5, 0.4, 0.3], MinRatio: 2), new ColorJitter((0.5, 1), (1, 2), (0.2, 0.8), (0, 0.3)),
        new GaussianBlur((3, 7)), new RandomErasing(1, Value: [0.1, 0.2, 0.3]), new RandomChoice([new Invert(), new Solarize()], [1, 3]), new RandAugment(Fill: [1, 0, 0.5]), new TrivialAugmentWide(Fill: [1, 0, 0.5]), new AutoAugment(Fill: [1, 0, 0.5]),
    ];

    [Fact]
    public void The_same_generator_gives_the_same_picture_and_another_one_another()
    {
        foreach (var transform in s_random)
        {
            var first = transform.Apply(s_picture, new Generator(5));
            Assert.True(first.Equal(transform.Apply(s_picture, new Generator(5))), $"{transform}");
            Assert.True(Enumerable.Range(0, 40).Any(seed => transform.Apply(s_picture, new Generator((ulong)seed)) is var other && (other.Shape != first.Shape || !other.Equal(first))), $"{transform}");
            Assert.Equal(DType.UInt8, first.DType);
            Assert.Equal(DType.Float32, transform.Apply(s_picture.To(DType.Float32) / 255, new Generator(5)).DType);
        }
    }

    [Fact]
    public void Bytes_and_numbers_are_changed_alike()
    {
        foreach (var transform in s_random.Except([.. s_random.Where(t => t is RandomErasing { Noise: true })]))
        {
            Tensor bytes = transform.Apply(s_picture, new Generator(9)), numbers = transform.Apply(s_picture.To(DType.Float32) / 255, new Generator(9));
            // The nearest shade of a posterized or solarized value may be another; nearly all are within rounding.
            double apart = (bytes.To(DType.Float32) / 255 - numbers).Abs().Mean().Item();
            Assert.True(apart < 0.02, $"{transform}: {apart}");
        }
    }

    [Fact]
    public void Windows_are_drawn_as_torchvision_draws_them()
    {
        var generator = new Generator(1);
        var crop = new RandomResizedCrop(10);
        double[] areas = new double[4000], ratios = new double[4000];
        for (int i = 0; i < areas.Length; i++)
        {
            var window = crop.Draw(400, 500, generator);
            Assert.True(window.Top >= 0 && window.Left >= 0 && window.Top + window.Height <= 400 && window.Left + window.Width <= 500);
            (areas[i], ratios[i]) = (window.Height * (double)window.Width / 200_000, Math.Log((double)window.Width / window.Height));
        }
        // torchvision 0.14 gave for 100 000 windows of 400 × 500: area 0.454 ± 0.227, logarithm of the ratio 0.028 ± 0.163.
        Assert.InRange(areas.Average(), 0.440, 0.468);
        Assert.InRange(ratios.Average(), 0.018, 0.038);
        Assert.InRange(Math.Sqrt(areas.Sum(a => Math.Pow(a - areas.Average(), 2)) / areas.Length), 0.217, 0.237);
    }

    [Fact]
    public void Probabilities_are_kept()
    {
        var generator = new Generator(2);
        int flipped = Enumerable.Range(0, 2000).Count(_ => !new RandomHorizontalFlip(0.3).Apply(s_picture, generator).Equal(s_picture));
        Assert.InRange(flipped, 530, 670);
        int erased = Enumerable.Range(0, 1000).Count(_ => !new RandomErasing(0.25).Apply(s_picture, generator).Equal(s_picture));
        Assert.InRange(erased, 200, 300);
    }

    [Fact]
    public void A_choice_is_as_likely_as_is_said()
    {
        var generator = new Generator(3);
        Transform[] three = [new Invert(), new Solarize(0.5), new AdjustBrightness(0)];
        var gray = Tensor.Full([1, 1, 1], 0.6);
        int[] Counts(Transform choice, int many) => [.. Enumerable.Range(0, many).Select(_ => Math.Round(choice.Apply(gray, generator).Item(), 1)).GroupBy(v => v).OrderBy(g => g.Key).Select(g => g.Count())];
        int[] counts = Counts(new RandomChoice(three, [1, 0, 3]), 2000);      // black, 0.4: what is never done has the same shade as what is done at times
        Assert.InRange(counts[0], 1400, 1600);
        Assert.Equal(2000, counts.Sum());
        Assert.All(Enumerable.Range(0, 200), _ => Assert.Equal(0, new RandomChoice(three, [0, 0, 1e-3]).Apply(gray, generator).Item()));
        Assert.Null(new RandomChoice(three).P);
        foreach (double[] wrong in (double[][])[[1, 1], [1, -1, 1], [0, 0, 0], [double.NaN, 1, 1]]) Assert.Throws<ArgumentException>(() => new RandomChoice(three, wrong));
    }

    [Fact]
    public void Each_channel_is_filled_with_its_own()
    {
        Fill fill = [0.2, 0.4, 0.6];
        var white = Tensor.Ones([3, 9, 9]);
        double[] Corner(Transform transform) => transform.Apply(white, new Generator(1))[.., 0, 0].ToArray<double>();
        double[] Bytes(Transform transform) => transform.Apply((white * 255).To(DType.UInt8), new Generator(1))[.., 0, 0].ToArray<double>();
        foreach (var transform in (Transform[])[new Pad(1, fill), new Rotate(45, Fill: fill), new Affine(TranslateX: 3, Fill: fill), new Perspective([(0, 0), (9, 0), (9, 9), (0, 9)], [(2, 2), (9, 0), (9, 9), (0, 9)], Fill: fill)])
        {
            double[] seen = Corner(transform);
            for (int i = 0; i < 3; i++) Assert.Equal(0.2 * (i + 1), seen[i], 6);
            Assert.Equal([51, 102, 153], Bytes(transform));
            var one = transform switch { Pad => new Pad(1, 0.4), Rotate => new Rotate(45, Fill: 0.4), Affine => new Affine(TranslateX: 3, Fill: 0.4), _ => (Transform)new Perspective([(0, 0), (9, 0), (9, 9), (0, 9)], [(2, 2), (9, 0), (9, 9), (0, 9)], Fill: 0.4) };
            Assert.True(one.Apply(white)[1].Equal(transform.Apply(white)[1]), $"{transform}");
        }
        Fill gray = 0.5, grayToo = [0.5], grayTwice = [0.5, 0.5];
        Assert.True(gray == grayToo && gray != grayTwice && gray.GetHashCode() == grayToo.GetHashCode());
        Assert.Equal(new Pad(1, Fill: [0.1, 0.2]), new Pad(1, Fill: [0.1, 0.2]));
        Assert.Contains("[0.1, 0.2]", new Pad(1, Fill: [0.1, 0.2]).ToString(), StringComparison.Ordinal);
        Assert.Contains("2 values", Assert.Throws<ShapeException>(() => new Pad(1, Fill: [0.1, 0.2]).Apply(white)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_are_filled_with_a_number_of_their_own()
    {
        var scene = new Annotated(Tensor.Ones([3, 9, 9]), Mask: new(Tensor.Ones([9, 9], DType.Int64)));
        foreach (var transform in (Transform[])[new Pad(1, Fill: new Fill { Mask = 255 }), new Rotate(45, Fill: new Fill { Mask = 255 }), new RandomZoomOut(2, 1, new Fill { Mask = 255 }, MinRatio: 1.9)])
        {
            var moved = transform.Apply(scene, new Generator(4));
            Assert.Equal([1L, 255], moved.Mask!.Values.ToArray<long>().Distinct().Order());
            Assert.Equal(0, moved.Image.Amin().Item());
        }
    }

    [Fact]
    public void Sides_are_padded_each_as_far_as_is_said()
    {
        Assert.Equal(new Pad(2, 5, 2, 5, Mode: BorderMode.Edge), new Pad((2, 5), Mode: BorderMode.Edge));
        Assert.Equal(new Pad(1, 2, 3, 4), new Pad((1, 2, 3, 4)));
        HashSet<(double, double)> places = [];
        for (ulong seed = 0; seed < 400; seed++)
        {
            var moved = new RandomCrop((4, 5), Padding: (0, 3, 2, 0)).Apply(new Annotated(Tensor.Zeros([1, 4, 5]), KeyPoints: new(Tensor.Zeros([1, 2]))), new Generator(seed));
            double[] corner = moved.KeyPoints!.Values.ToArray<double>();
            places.Add((-corner[0], -corner[1]));                             // where the window begins: 0 to 2 columns to the right, 0 to 3 rows above
        }
        Assert.Equal(from left in (double[])[0, 1, 2] from top in (double[])[-3, -2, -1, 0] select (left, top), places.Order());
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Contains("-0.2", Assert.Throws<ArgumentException>(() => new ColorJitter(-0.2).Apply(s_picture)).Message, StringComparison.Ordinal);
        Assert.Contains("1.2 to 0.5", Assert.Throws<ArgumentException>(() => new ColorJitter((1.2, 0.5)).Apply(s_picture)).Message, StringComparison.Ordinal);
        Assert.Contains("Hue", Assert.Throws<ArgumentException>(() => new ColorJitter(Hue: 0.6).Apply(s_picture)).Message, StringComparison.Ordinal);
        Assert.Contains("Hue", Assert.Throws<ArgumentException>(() => new ColorJitter(Hue: (-0.7, 0)).Apply(s_picture)).Message, StringComparison.Ordinal);
        Assert.Contains("angle", Assert.Throws<ArgumentException>(() => new RandomRotation((5, -5)).Apply(s_picture)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("canvas", Assert.Throws<ArgumentException>(() => new RandomZoomOut(2, 1, MinRatio: 3).Apply(s_picture)).Message, StringComparison.Ordinal);
        // What changes nothing is allowed, and does nothing.
        Assert.True(new ColorJitter((1, 1), 0, (1, 1), (0, 0)).Apply(s_picture).Equal(s_picture));
        Assert.True(new RandomRotation((0, 0)).Apply(s_picture).Equal(s_picture));
    }

    [Fact]
    public void Weak_chains_leave_colours_alone_where_asked_to()
    {
        // Of one shade, and one change a chain: nothing but brightness makes it lighter, but for what equalizing rounds to 128 / 255.
        var gray = Tensor.Full([3, 12, 12], 0.5);
        int Lighter(bool all) => Enumerable.Range(0, 60).Count(seed => new AugMix(Severity: 10, Depth: 1, AllOps: all).Apply(gray, new Generator((ulong)seed)).Amax().Item() > 0.503);
        Assert.Equal(0, Lighter(all: false));
        Assert.InRange(Lighter(all: true), 1, 59);
    }

    [Fact]
    public void Tiles_cover_a_picture()
    {
        var picture = Tensor.Arange(100 * 70).To(DType.Float32).Reshape(1, 100, 70) / 7000;
        var (tiles, places) = Crops.Tiles(picture, (40, 32), overlap: 0.25);
        Assert.Equal([0, 30, 60], places.Select(p => p.Top).Distinct());
        Assert.Equal([0, 24, 38], places.Select(p => p.Left).Distinct());
        Assert.Equal([9, 1, 40, 32], tiles.Shape);
        foreach (var (i, (top, left)) in places.Index()) Assert.True(tiles[i].Equal(picture[.., top..(top + 40), left..(left + 32)]));
        Assert.Equal([(0, 0)], Crops.Tiles(picture, (100, 70)).Places);
        Assert.Throws<ShapeException>(() => Crops.Tiles(picture, 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => Crops.Tiles(picture, 10, overlap: 1));
    }

    [Fact]
    public void Five_and_ten_crops_are_corners_and_middle()
    {
        var five = Crops.Five(s_picture, (6, 8));
        Assert.Equal([5, 3, 6, 8], five.Shape);
        Assert.True(five[1].Equal(s_picture[.., ..6, 9..]));
        Assert.True(five[2].Equal(s_picture[.., 7.., ..8]));
        var ten = Crops.Ten(s_picture, (6, 8));
        Assert.True(ten[5].Equal(s_picture.Flip(2)[.., ..6, ..8]));
        Assert.Throws<ShapeException>(() => Crops.Five(s_picture, 14));
    }

    [Fact]
    public void Images_go_in_and_come_out()
    {
        var image = Pictures.Make(40, 30, PixelFormat.Rgb);
        var smaller = new Resize((15, 20)).Apply(image);
        Assert.Equal(new ImageInfo(20, 15, PixelFormat.Rgb), smaller.Info);
        Assert.Equal(image.Pixels.ToArray(), new Invert().Then(new Invert()).Apply(image).Pixels.ToArray());
        Assert.Equal(new ImageInfo(40, 30, PixelFormat.Gray), new Grayscale().Apply(image).Info);
    }

    [Fact]
    public void Normalizing_has_a_way_back()
    {
        var x = s_picture.To(DType.Float32) / 255;
        Assert.InRange((Normalize.ImageNet.Then(Normalize.ImageNet.Inverse()).Apply(x) - x).Abs().Amax().Item(), 0, 1e-6);
    }

    [Fact]
    public void A_transform_is_a_value_that_says_what_it_is()
    {
        Assert.Equal(new Resize(7), new Resize(7));
        Assert.NotEqual(new Resize(7), new Resize(8));
        Assert.Contains("RandomCrop", new RandomCrop(8).Then(new Invert()).ToString(), StringComparison.Ordinal);
        Assert.Contains("Invert", new RandomCrop(8).Then(new Invert()).ToString(), StringComparison.Ordinal);
    }
}
