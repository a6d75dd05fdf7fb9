using System.Text.Json;
using Candeia.Images;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Networks for boxes, and their parts, against torchvision 0.14: tests/golden/families/detection.py and regions.py.</summary>
public class DetectionTests
{
    const int Classes = 7, Everything = 1_000_000;
    static readonly JsonElement s_golden = Golden.Json("detection");

    public static TheoryData<string> Named => [.. s_golden.EnumerateObject().Select(m => m.Name)];

    public static TheoryData<string> Computed => ["faster", "retina", "retina_v2", "mask", "keypoint", "fcos", "ssd", "ssdlite"];

    static Detector Undrawn(string name)
    {
        using var _ = Init.Skip();
        var body = new ResNet([2, 2, 2, 2], classes: 0);
        ProposalOptions proposals = new() { BatchPerImage = Everything }, some = proposals with { PostNms = (30, 30) };
        RegionOptions regions = new() { BatchPerImage = Everything }, few = regions with { DetectionsPerImage = 12 };
        return name switch
        {
            "faster" => new FasterRcnn(new(body), Classes, 64, 96, proposals: proposals, regions: regions),
            "mask" => new MaskRcnn(new(body), Classes, 64, 96, proposals: some, regions: few),
            "keypoint" => new KeyPointRcnn(new(body), 2, 64, 96, proposals: some, regions: few, places: 5),
            "retina" => new RetinaNet(new(body, stages: [1, 2, 3], coarser: CoarserMaps.OfMap), Classes, 64, 96),
            "retina_v2" => new RetinaNet(new(body, stages: [1, 2, 3], coarser: CoarserMaps.OfStage), Classes, (64, 96), null, new() { DetectionsPerImage = 300 }, second: true),
            "fcos" => new Fcos(new(body, stages: [1, 2, 3], coarser: CoarserMaps.OfMap), Classes, 64, 96),
            "ssd" => DetectionModels.Create("ssd300_vgg16", Classes),
            "ssdlite" => DetectionModels.Create("ssdlite320_mobilenet_v3_large", Classes),
            _ => DetectionModels.Create(name),
        };
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void Keys_shapes_and_sizes_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var net = Undrawn(name);
        Assert.Equal(s_golden.GetProperty(name).GetProperty("parameters").GetInt64(), net.Parameters().Sum(p => p.Numel));
        Assert.Equal(s_golden.GetProperty(name).GetProperty("keys").GetString(), Formula.Keys(net));
    }

    static Tensor Picture(int entry, int height, int width) => Tensor.From(Array.ConvertAll(Formula.Noise(3 * height * width, entry), v => (float)v), [3, height, width]);

    /// <summary>Pictures with boxes, a mask of each, and five places, of which each fourth is not seen; of one class alone, where there are no more.</summary>
    internal static Annotated[] Scenes(bool oneClass = false) =>
    [
        Marked(0, 50, 70, oneClass ? [1, 1, 1] : [1, 3, 6], [[5, 6, 30, 40], [20, 10, 69, 50], [50, 1, 60, 12]]), Marked(1, 64, 48, oneClass ? [1] : [2], [[0, 0, 40, 60]]),
    ];

    static Annotated Marked(int entry, int height, int width, long[] labels, float[][] boxes)
    {
        byte[] masks = [.. boxes.SelectMany(b => Enumerable.Range(0, height * width).Select(i => (X: i % width, Y: i / width))
            .Select(p => (byte)((p.X - b[0]) * 3 + (p.Y - b[1]) * 2 < (b[2] - b[0]) * 2 + (b[3] - b[1]) && p.X >= b[0] && p.X < b[2] && p.Y >= b[1] && p.Y < b[3] ? 1 : 0)))];
        float[] noise = Array.ConvertAll(Formula.Noise(boxes.Length * 10, 7 + entry), v => (float)v);
        float[] places = [.. Enumerable.Range(0, boxes.Length * 5).SelectMany(i => boxes[i / 5] is var b
            ? (float[])[b[0] + noise[2 * i] * (b[2] - b[0]), b[1] + noise[2 * i + 1] * (b[3] - b[1]), i % 4 != 3 ? 1 : 0] : [])];
        return new(Picture(entry, height, width), new(Tensor.From([.. boxes.SelectMany(b => b)], [boxes.Length, 4])), new(Tensor.From(masks, [boxes.Length, height, width])),
            new(Tensor.From(places, [boxes.Length, 5, 3])), Tensor.From(labels));
    }

    /// <summary>What is proposed in training, with statistics that stay.</summary>
    static Detector Train(Detector net)
    {
        net.Train().ForEach(m => { if (m is BatchNorm2d norm) norm.Eval(); });
        return net;
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public void Losses_gradients_and_findings_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var golden = s_golden.GetProperty(name);
        var net = Undrawn(name);
        Formula.Fill(net, golden.GetProperty("gain").GetDouble());
        var losses = Train(net).Losses(Scenes(oneClass: name == "keypoint"));
        foreach (var expected in golden.GetProperty("losses").EnumerateObject())
            Assert.InRange(losses[expected.Name].Item() / expected.Value.GetDouble(), 1 - 1e-4, 1 + 1e-4);
        net.Eval();
        foreach (var (found, expected) in net.Detect([.. Scenes().Select(s => s.Image)]).Zip(golden.GetProperty("found").EnumerateArray()))
        {
            Assert.Equal(expected.GetProperty("count").GetInt32(), found.Count);
            float[] Numbers(string of) => [.. expected.GetProperty(of).EnumerateArray().Select(v => v.GetSingle())];
            var (boxes, scores, labels) = (Numbers("boxes"), Numbers("scores"), Numbers("labels"));
            Assert.Equal(labels, found.Labels.ToArray<float>().Take(labels.Length));
            foreach (var (a, b) in found.Scores.ToArray<float>().Zip(scores)) Assert.InRange(a - b, -1e-4, 1e-4);
            foreach (var (a, b) in found.Boxes.Values.ToArray<float>().Zip(boxes)) Assert.InRange(a - b, -0.01, 0.01);
            Assert.Equal((name == "mask", name == "keypoint"), (found.Masks is not null, found.KeyPoints is not null));
            if (found.Masks is { } masks)
                foreach (var (a, b) in masks.Sum([1, 2]).ToArray<float>().Zip(Numbers("masks"))) Assert.InRange(a / b, 1 - 1e-3, 1 + 1e-3);
            if (found.KeyPoints is not { } places) continue;
            foreach (var (a, b) in places.Values.ToArray<float>().Zip(Numbers("keypoints"))) Assert.InRange(a - b, -0.01, 0.01);
            foreach (var (a, b) in found.KeyPointScores!.ToArray<float>().Zip(Numbers("sure"))) Assert.InRange(a - b, -1e-4, 1e-4);
        }

        net.To(DType.Float64);
        Train(net).Losses(Scenes(oneClass: name == "keypoint").Select(s => s with
        {
            Image = s.Image.To(DType.Float64), Boxes = new(s.Boxes!.Values.To(DType.Float64)), KeyPoints = new(s.KeyPoints!.Values.To(DType.Float64)),
        }).ToArray()).Values.Aggregate((a, b) => a + b).Backward();
        Formula.AssertGradients(net, golden.GetProperty("gradients"));
    }

    [Fact]
    public void Anchors_are_those_of_torchvision()
    {
        var anchors = new AnchorGenerator([[10, 20], [40, 45]], [0.5, 1, 2]);
        Golden.Open("regions")["anchors/"].Output.AssertNear(anchors.Of((33, 47), [(4, 5), (2, 3)]), 0);
        Assert.Equal((2, 6), (anchors.Levels, anchors.PerPlace));
        Assert.Throws<ArgumentException>(() => anchors.Of((33, 47), [(4, 5)]));
    }

    [Fact]
    public void Boxes_become_numbers_and_numbers_boxes_as_in_torchvision()
    {
        foreach (var c in Golden.Open("regions").Of("codes"))
        {
            var coder = new BoxCoder(c.Number("place"), c.Number("size"));
            var codes = coder.Encode(c["input0"].Tensor, c["input1"].Tensor);
            c["output0"].AssertNear(codes, 2e-5);
            c["output1"].AssertNear(coder.Decode(codes * 1.5, c["input1"].Tensor), 2e-5);
        }
    }

    [Fact]
    public void Boxes_stand_for_those_that_they_stand_for_in_torchvision()
    {
        foreach (var c in Golden.Open("regions").Of("matches"))
            Assert.Equal(c.Output.Tensor.ToArray<int>(), new Matcher(0.5, c.Number("low"), c.Flag("best")).Match(c["input0"].Tensor, c["input1"].Tensor));
        Assert.Equal([Matcher.None, Matcher.None], new Matcher(0.5, 0.4, true).Match(Tensor.Zeros([0, 4]), Tensor.From([0f, 0, 1, 1, 2, 2, 3, 3], [2, 4])));
        // What nothing overlaps has no best boxes.
        Assert.Equal([Matcher.None], new Matcher(0.5, 0.4, true).Match(Tensor.From([0f, 0, 1, 1], [1, 4]), Tensor.From([8f, 8, 9, 9], [1, 4])));
    }

    [Fact]
    public void Things_and_others_are_drawn_as_many_as_wanted()
    {
        long[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 3L : i % 10 == 1 ? -1 : 0)];
        var (things, others) = Matcher.Sample(labels, 16, 0.25, new Generator(1));
        Assert.Equal((4, 12), (things.Length, others.Length));
        Assert.All(things, t => Assert.Equal(3, labels[t]));
        Assert.All(others, t => Assert.Equal(0, labels[t]));
        Assert.Equal(16, things.Concat(others).Distinct().Count());
        Assert.Equal((10, 80), Matcher.Sample(labels, 1000, 0.5, new Generator(1)) is var (all, rest) ? (all.Length, rest.Length) : default);
    }

    [Fact]
    public void Default_boxes_have_a_scale_more_than_maps()
    {
        var boxes = new DefaultBoxes([[2]], [0.5, 0.98], [16]);
        // In the middle of a picture of one place: a square, one between the two scales, one twice as wide as high, one twice as high.
        double between = 16 * Math.Sqrt(0.5 * 0.98), wide = 16 * 0.5 * Math.Sqrt(2), low = wide / 2;
        float[] expected = [.. ((double, double)[])[(8, 8), (between, between), (wide, low), (low, wide)] is var sizes
            ? sizes.SelectMany(s => (float[])[(float)(8 - s.Item1 / 2), (float)(8 - s.Item2 / 2), (float)(8 + s.Item1 / 2), (float)(8 + s.Item2 / 2)]) : []];
        foreach (var (a, b) in expected.Zip(boxes.Of((16, 16), [(1, 1)]).ToArray<float>())) Assert.Equal(a, b, 4);
        Assert.Throws<ArgumentException>(() => new DefaultBoxes([[2]], [0.5]));
        Assert.Throws<ArgumentException>(() => new DefaultBoxes([[2]], [0.5, 0.9], [1, 2]));
        Assert.Throws<ArgumentException>(() => boxes.Of((16, 16), [(1, 1), (1, 1)]));
        Assert.Throws<ArgumentException>(() => new Ssd(new ResNet([1, 1, 1, 1], classes: 0, width: 8), boxes, (64, 64), classes: 3));
    }

    static FasterRcnn Small() => new(new(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 16), classes: 3, minSize: 64, maxSize: 96, features: 32);

    [Theory]
    [InlineData("faster"), InlineData("retina"), InlineData("fcos"), InlineData("ssd")]
    public void A_picture_with_nothing_in_it_teaches_that_nothing_is_there(string kind)
    {
        var body = new ResNet([1, 1, 1, 1], classes: 0, width: 8);
        Detector net = kind switch
        {
            "faster" => Small(),
            "retina" => new RetinaNet(new(body, 16, [1, 2, 3], CoarserMaps.OfMap), classes: 3, minSize: 64, maxSize: 96),
            "fcos" => new Fcos(new(body, 32, [1, 2, 3], CoarserMaps.OfMap), classes: 3, minSize: 64, maxSize: 96),
            _ => new Ssd(body, DefaultBoxes.Even([[2], [2], [2], [2]]), (64, 64), classes: 3),
        };
        var losses = net.Losses([new(Tensor.Rand([3, 40, 50], generator: new Generator(1)), new(Tensor.Zeros([0, 4])), Labels: Tensor.Zeros([0], DType.Int64)), new(Tensor.Zeros([3, 40, 50], DType.UInt8), new(Tensor.Zeros([0, 4])), Labels: Tensor.Zeros([0], DType.Int64))]);
        Assert.All(losses.Values, l => Assert.True(double.IsFinite(l.Item())));
        losses.Values.Aggregate((a, b) => a + b).Backward();
        Assert.All(losses.Where(l => l.Key.Contains("box_reg", StringComparison.Ordinal) || l.Key.Contains("bbox", StringComparison.Ordinal)), l => Assert.Equal(0, l.Value.Item(), 6));
    }

    [Fact]
    public void Masks_and_places_are_asked_for_by_those_that_learn_from_them()
    {
        FeaturePyramid pyramid = new(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 16);
        Annotated bare = new(Tensor.Zeros([3, 40, 50]), new([[0f, 0, 25, 25]]), Labels: Tensor.From([1L]));
        Assert.Contains("no mask for each box", Assert.Throws<ArgumentException>(() => new MaskRcnn(pyramid, 2, 64, 96, features: 32).Losses([bare])).Message, StringComparison.Ordinal);
        Assert.Contains("no key points for each box", Assert.Throws<ArgumentException>(() => new KeyPointRcnn(pyramid, 2, 64, 96, features: 32).Losses([bare])).Message, StringComparison.Ordinal);
        Assert.Contains("masks", Assert.Throws<ArgumentException>(() => new MaskRcnn(pyramid, 2, 64, 96, features: 32).Losses([bare with { Mask = new(Tensor.Zeros([2, 40, 50])) }])).Message, StringComparison.Ordinal);
        var nothing = bare with { Boxes = new(Tensor.Zeros([0, 4])), Labels = Tensor.Zeros([0], DType.Int64), Mask = new(Tensor.Zeros([0, 40, 50])) };
        Assert.Equal(0, new MaskRcnn(pyramid, 2, 64, 96, features: 32).Losses([nothing])["loss_mask"].Item());
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_refused_in_words()
    {
        string Fault(Annotated scene) => Assert.Throws<ArgumentException>(() => Small().Losses([scene])).Message;
        var picture = Tensor.Zeros([3, 40, 50]);
        Assert.Contains("has no boxes", Fault(new(picture)), StringComparison.Ordinal);
        Assert.Contains("1 boxes and 0 labels", Fault(new(picture, new([[0f, 0, 5, 5]]))), StringComparison.Ordinal);
        Assert.Contains("from 1 to 2", Fault(new(picture, new([[0f, 0, 5, 5]]), Labels: Tensor.From([0L]))), StringComparison.Ordinal);
        Assert.Contains("label 3", Fault(new(picture, new([[0f, 0, 5, 5]]), Labels: Tensor.From([3L]))), StringComparison.Ordinal);
        Assert.Contains("SanitizeBoundingBoxes", Fault(new(picture, new([[0f, 5, 5, 5]]), Labels: Tensor.From([1L]))), StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Small().Detect(Tensor.Zeros([1, 40, 50])));
        Assert.Contains("retinanet_resnet50_fpn", Assert.Throws<ArgumentException>(() => DetectionModels.Create("yolo")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Norms_that_stay_compute_the_same_and_are_not_trained()
    {
        using var scope = Scope.Begin();
        var net = Small();
        Formula.Fill(net, 0.5);
        var picture = Picture(0, 50, 70);
        net.Eval();
        var before = net.Detect(picture)[0];
        var keys = net.StateDict().Keys.Where(k => !k.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Order().ToArray();
        int parameters = net.Parameters().Count;
        net.FreezeNorms();
        Assert.Equal(keys, net.StateDict().Keys.Order());
        Assert.True(net.Parameters().Count < parameters);
        net.Train();
        net.Losses(Scenes().Select(s => s with { Labels = s.Labels! * 0 + 1 }).ToArray()).Values.Aggregate((a, b) => a + b).Backward();
        var after = net.Eval().Detect(picture)[0];
        Assert.Equal(before.Labels.ToArray<long>(), after.Labels.ToArray<long>());
        foreach (var (a, b) in before.Boxes.Values.ToArray<float>().Zip(after.Boxes.Values.ToArray<float>())) Assert.InRange(a - b, -0.01, 0.01);
    }

    [Fact]
    public void A_batch_of_pictures_moves_and_is_parted_with_all_that_belongs_to_them()
    {
        var batch = SceneBatch.Collate(Scenes());
        Assert.Equal(2, batch.Size);
        List<Shape> seen = [];
        var moved = (SceneBatch)batch.Map(t => { seen.Add(t.Shape); return t.Clone(); });
        Assert.Equal([[3, 50, 70], [3, 4], [3, 50, 70], [3, 5, 3], [3], [3, 64, 48], [1, 4], [1, 64, 48], [1, 5, 3], [1]], seen);
        Assert.Equal(BoxFormat.XYXY, moved.Scenes[0].Boxes!.Format);
        Assert.Equal([2L], ((SceneBatch)moved.Part(1, 1)).Scenes.Single().Labels!.ToArray<long>());
    }
}
