using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Networks that find things in pictures, under their names in torchvision: <c>fasterrcnn_resnet50_fpn</c>, <c>ssd300_vgg16</c>, <c>fcos_resnet50_fpn</c>. Their state dicts have
/// torchvision's keys, so that its files of weights fit; those of <c>detr_resnet50</c> and its kin have the keys of DETR's authors.
/// </summary>
public static class DetectionModels
{
    static readonly Dictionary<string, Func<int, Detector>> s_all = new()
    {
        ["fasterrcnn_resnet50_fpn"] = classes => new FasterRcnn(new(Residual()), classes),
        ["fasterrcnn_resnet50_fpn_v2"] = classes => new FasterRcnn(new(Residual(), norm: true), classes, ConvolutionalHead(), Features, depth: 2),
        ["fasterrcnn_mobilenet_v3_large_fpn"] = classes => new FasterRcnn(Mobile(), classes, anchors: MobileAnchors(), proposals: new() { ScoreThreshold = 0.05 }),
        ["fasterrcnn_mobilenet_v3_large_320_fpn"] = classes => new FasterRcnn(Mobile(), classes, 320, 640, MobileAnchors(),
            new() { ScoreThreshold = 0.05, PreNms = (2000, 150), PostNms = (2000, 150) }),
        ["maskrcnn_resnet50_fpn"] = classes => new MaskRcnn(new(Residual()), classes),
        ["maskrcnn_resnet50_fpn_v2"] = classes => new MaskRcnn(new(Residual(), norm: true), classes, ConvolutionalHead(), Features, depth: 2),
        ["keypointrcnn_resnet50_fpn"] = classes => new KeyPointRcnn(new(Residual()), classes),
        ["retinanet_resnet50_fpn"] = classes => new RetinaNet(new(Residual(), stages: [1, 2, 3], coarser: CoarserMaps.OfMap), classes),
        ["retinanet_resnet50_fpn_v2"] = classes => new RetinaNet(new(Residual(), stages: [1, 2, 3], coarser: CoarserMaps.OfStage), classes, (800, 1333), null, new() { DetectionsPerImage = 300 }, second: true),
        ["fcos_resnet50_fpn"] = classes => new Fcos(new(Residual(), stages: [1, 2, 3], coarser: CoarserMaps.OfMap), classes),
        ["detr_resnet50"] = classes => new Detr(Residual(), classes),
        ["detr_resnet50_dc5"] = classes => new Detr(Residual(dilated: 1), classes),
        ["detr_resnet101"] = classes => new Detr(Residual(third: 23), classes),
        ["detr_resnet101_dc5"] = classes => new Detr(Residual(third: 23, dilated: 1), classes),
        ["ssd300_vgg16"] = classes => new Ssd(new SsdBackbones.Vgg(), new([[2], [2, 3], [2, 3], [2, 3], [2], [2]], [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05], [8, 16, 32, 64, 100, 300]),
            (300, 300), classes, new() { Mean = [0.48235f, 0.45882f, 0.40784f], Std = [1 / 255f, 1 / 255f, 1 / 255f] }),
        ["ssdlite320_mobilenet_v3_large"] = classes => new Ssd(new SsdBackbones.Mobile(), DefaultBoxes.Even([.. Enumerable.Repeat((IReadOnlyList<int>)[2, 3], 6)], 0.2, 0.95),
            (320, 320), classes, new() { ScoreThreshold = 0.001, NmsThreshold = 0.55, Candidates = 300, DetectionsPerImage = 300, Mean = [0.5f, 0.5f, 0.5f], Std = [0.5f, 0.5f, 0.5f] }, light: true),
    };

    const int Channels = 256, Features = 1024;

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A network with initial weights, or with those of others.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    /// <param name="classes">How many classes it names, what is no thing among them; if nothing is said, the 91 of COCO, or 2 where key points are found.</param>
    /// <param name="weights">
    /// What others have trained, fetched where it is not there; with other classes than theirs, what names classes has initial weights. What normalizes stays as it is, then.
    /// </param>
    /// <exception cref="ArgumentException">There is no network of that name, or the weights are of another.</exception>
    /// <exception cref="DownloadException">The weights cannot be had.</exception>
    /// <example><code>
    /// var net = DetectionModels.Create("fasterrcnn_mobilenet_v3_large_320_fpn", classes: 3);
    /// Console.WriteLine(net.Classes);                                      // → 3
    /// </code></example>
    public static Detector Create(string name, int? classes = null, ModelWeights? weights = null)
    {
        int count = classes ?? (name.StartsWith("keypoint", StringComparison.Ordinal) ? 2 : 91);
        var net = s_all.TryGetValue(name, out var make) ? make(count) : throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        weights?.LoadInto(net, name, count);
        // The first of them were trained with numbers that stay, those on ResNet with nothing added to the variance.
        if (weights is not null && !name.EndsWith("_v2", StringComparison.Ordinal))
            FrozenBatchNorm2d.InPlaceOf(net, "backbone.body.", weights.Name == "COCO_V1" && name.Contains("resnet50", StringComparison.Ordinal) && net is not Fcos ? 0 : 1e-5);
        return net;
    }

    static ResNet Residual(int third = 6, int dilated = 0) => new([3, 4, third, 3], classes: 0, bottleneck: true, dilatedStages: dilated);

    /// <summary>Four convolutions and a layer on what is seen in a region.</summary>
    static Sequential ConvolutionalHead()
    {
        Sequential head =
        [
            .. Enumerable.Range(0, 4).Select(_ => Blocks.ConvNorm(Channels, Channels, activation: new ReLU())), new Flatten(), new Linear(Channels * 7 * 7, Features), new ReLU(),
        ];
        return head.Draw(Blocks.ByOutputs);
    }

    /// <summary>The last two stages.</summary>
    static FeaturePyramid Mobile()
    {
        var (features, ends) = MobileNet.V3Features(large: true, dilated: false);
        return new(new StagedLayers(features, [ends[^2], ends[^1]]).Draw(Blocks.ByOutputs));
    }

    static AnchorGenerator MobileAnchors() => new([.. Enumerable.Repeat((IReadOnlyList<int>)[32, 64, 128, 256, 512], 3)], [0.5, 1, 2]);
}
