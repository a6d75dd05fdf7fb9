using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Networks for pictures under their names in torchvision: <c>resnet50</c>, <c>vgg16_bn</c>, <c>efficientnet_b0</c>. Their state dicts have
/// torchvision's keys, so that its files of weights fit, and their initial weights are drawn as there. <c>small_resnet</c> is our own, for pictures of less than
/// 96 pixels: ten layers that learn without weights from elsewhere.
/// </summary>
public static class VisionModels
{
    /// <summary>A network of the table.</summary>
    /// <param name="Make">Makes it, for so many classes.</param>
    /// <param name="Head">The path of what names classes.</param>
    /// <param name="Features">The path of the last layer whose outputs have places.</param>
    sealed record Entry(Func<int, Layer> Make, string Head, string Features);

    // Of Swin: what puts channels first again.
    const string Permuted = "permute";

    static readonly Dictionary<string, Entry> s_all = Residual().Append(Convolutional("small_resnet", SmallResNet.Create, "classifier.0")).Concat(Plain()).Concat(Side()).Concat(Later()).Concat(Transformers()).ToDictionary();

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A network with initial weights.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    /// <param name="classes">How many classes it names; if nothing is said, as many as the weights, or the 1 000 of ImageNet.</param>
    /// <param name="weights">What others have trained, fetched where it is not there; with other classes than theirs, what names classes has initial weights.</param>
    /// <exception cref="ArgumentException">There is no network of that name, or the weights are of another.</exception>
    /// <exception cref="DownloadException">The weights cannot be had.</exception>
    /// <example><code>
    /// var net = VisionModels.Create("mobilenet_v2", classes: 10);
    /// Console.WriteLine(net.Forward(Tensor.Rand([1, 3, 64, 64])).Shape);   // → [1, 10]
    /// </code></example>
    public static Layer Create(string name, int? classes = null, ModelWeights? weights = null)
    {
        int count = classes ?? weights?.Categories.Count ?? 1000;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(classes));
        var net = Of(name).Make(count);
        weights?.LoadInto(net, name, count);
        return net;
    }

    /// <summary>The path of the last part of a network, which names the classes: what is trained first when the rest was trained elsewhere.</summary>
    /// <param name="name">The name of the network.</param>
    /// <exception cref="ArgumentException">There is no network of that name.</exception>
    public static string HeadOf(string name) => Of(name).Head;

    /// <summary>The path of the last layer whose outputs still have places, [n, c, h, w]: what <see cref="GradCam"/> looks at.</summary>
    /// <param name="name">The name of the network.</param>
    /// <exception cref="ArgumentException">There is no network of that name, or it is a transformer, which has none.</exception>
    public static string FeaturesOf(string name) => Of(name).Features is { Length: > 0 } path ? path : throw new ArgumentException($"{name} has no layer whose outputs are [n, c, h, w].", nameof(name));

    /// <summary>A network without what names classes, as what sees the picture for networks that find things or name pixels: its results in several resolutions.</summary>
    /// <param name="name">The name of a network that is residual, or whose layers with places are called <c>features</c>: <c>resnet50</c>, <c>convnext_tiny</c>, <c>swin_t</c>.</param>
    /// <param name="weights">What others have trained, fetched where it is not there.</param>
    /// <exception cref="ArgumentException">There is no such network, or it has no such stages, or the weights are of another.</exception>
    /// <exception cref="DownloadException">The weights cannot be had.</exception>
    /// <example><code>
    /// var body = VisionModels.BackboneOf("mobilenet_v2");
    /// Console.WriteLine(string.Join(' ', body.Stages(Tensor.Rand([1, 3, 64, 64])).Select(s => s.Shape)));     // → [1, 24, 16, 16] [1, 32, 8, 8] [1, 96, 4, 4] [1, 1280, 2, 2]
    /// </code></example>
    public static Backbone BackboneOf(string name, ModelWeights? weights = null)
    {
        var whole = Create(name, weights: weights);
        if (whole is ResNet)
        {
            using var skip = Init.Skip();
            var body = (ResNet)Of(name).Make(0);
            body.LoadStateDict(whole.StateDict(), strict: false);
            return body;
        }
        return Of(name).Features is "features" or Permuted ? StagedLayers.Of(whole.Get<Sequential>("features"), channelsLast: Of(name).Features == Permuted)
            : throw new ArgumentException($"{name} has no stages that others could stand on; resnet50, convnext_tiny, swin_t and mobilenet_v2 have.", nameof(name));
    }

    static Entry Of(string name) => s_all.TryGetValue(name, out var entry) ? entry
        : throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", s_all.Keys.Order(StringComparer.Ordinal))}.", nameof(name));

    static IEnumerable<KeyValuePair<string, Entry>> Residual()
    {
        KeyValuePair<string, Entry> Of(string name, int[] blocks, bool bottleneck = true, int groups = 1, int width = 64) =>
            new(name, new(classes => new ResNet(blocks, classes, bottleneck: bottleneck, groups: groups, widthPerGroup: width), "fc", "layer4"));
        yield return Of("resnet18", [2, 2, 2, 2], bottleneck: false);
        yield return Of("resnet34", [3, 4, 6, 3], bottleneck: false);
        yield return Of("resnet50", [3, 4, 6, 3]);
        yield return Of("resnet101", [3, 4, 23, 3]);
        yield return Of("resnet152", [3, 8, 36, 3]);
        yield return Of("resnext50_32x4d", [3, 4, 6, 3], groups: 32, width: 4);
        yield return Of("resnext101_32x8d", [3, 4, 23, 3], groups: 32, width: 8);
        yield return Of("resnext101_64x4d", [3, 4, 23, 3], groups: 64, width: 4);
        yield return Of("wide_resnet50_2", [3, 4, 6, 3], width: 128);
        yield return Of("wide_resnet101_2", [3, 4, 23, 3], width: 128);
    }

    static KeyValuePair<string, Entry> Convolutional(string name, Func<int, Layer> make, string head) => new(name, new(make, head, "features"));

    static IEnumerable<KeyValuePair<string, Entry>> Plain()
    {
        yield return Convolutional("alexnet", PlainNets.AlexNet, "classifier.6");
        foreach (int layers in (int[])[11, 13, 16, 19])
        {
            yield return Convolutional($"vgg{layers}", classes => PlainNets.Vgg(layers, batchNorm: false, classes), "classifier.6");
            yield return Convolutional($"vgg{layers}_bn", classes => PlainNets.Vgg(layers, batchNorm: true, classes), "classifier.6");
        }
        yield return Convolutional("squeezenet1_0", classes => PlainNets.SqueezeNet(first: true, classes), "classifier.1");
        yield return Convolutional("squeezenet1_1", classes => PlainNets.SqueezeNet(first: false, classes), "classifier.1");
        yield return Convolutional("densenet121", classes => DenseNet.Create(32, [6, 12, 24, 16], 64, classes), "classifier");
        yield return Convolutional("densenet161", classes => DenseNet.Create(48, [6, 12, 36, 24], 96, classes), "classifier");
        yield return Convolutional("densenet169", classes => DenseNet.Create(32, [6, 12, 32, 32], 64, classes), "classifier");
        yield return Convolutional("densenet201", classes => DenseNet.Create(32, [6, 12, 48, 32], 64, classes), "classifier");
    }

    static IEnumerable<KeyValuePair<string, Entry>> Later()
    {
        yield return Convolutional("mobilenet_v2", MobileNet.V2, "classifier.1");
        yield return Convolutional("mobilenet_v3_large", classes => MobileNet.V3(large: true, classes), "classifier.3");
        yield return Convolutional("mobilenet_v3_small", classes => MobileNet.V3(large: false, classes), "classifier.3");
        for (int i = 0; i < 8; i++)
        {
            int number = i;
            yield return Convolutional($"efficientnet_b{i}", classes => EfficientNet.B(number, classes), "classifier.1");
        }
        foreach (char size in "sml") yield return Convolutional($"efficientnet_v2_{size}", classes => EfficientNet.V2(size, classes), "classifier.1");
        yield return Convolutional("convnext_tiny", classes => ConvNeXt.Create(96, [3, 3, 9, 3], 0.1, classes), "classifier.2");
        yield return Convolutional("convnext_small", classes => ConvNeXt.Create(96, [3, 3, 27, 3], 0.4, classes), "classifier.2");
        yield return Convolutional("convnext_base", classes => ConvNeXt.Create(128, [3, 3, 27, 3], 0.5, classes), "classifier.2");
        yield return Convolutional("convnext_large", classes => ConvNeXt.Create(192, [3, 3, 27, 3], 0.5, classes), "classifier.2");
        foreach (string name in RegNet.Names) yield return new($"regnet_{name}", new(classes => RegNet.Create(name, classes), "fc", "trunk_output"));
    }

    /// <summary>Those with ways side by side, and those of telephones.</summary>
    static IEnumerable<KeyValuePair<string, Entry>> Side()
    {
        yield return new("googlenet", new(classes => new GoogLeNet(classes), "fc", "inception5b"));
        yield return new("inception_v3", new(classes => new InceptionV3(classes), "fc", "Mixed_7c"));
        KeyValuePair<string, Entry> Shuffle(string size, params int[] widths) => new($"shufflenet_v2_x{size}", new(classes => ShuffleNetV2.Create(widths, classes), "fc", "conv5"));
        yield return Shuffle("0_5", 24, 48, 96, 192, 1024);
        yield return Shuffle("1_0", 24, 116, 232, 464, 1024);
        yield return Shuffle("1_5", 24, 176, 352, 704, 1024);
        yield return Shuffle("2_0", 24, 244, 488, 976, 2048);
        foreach (var (size, width) in ((string, double)[])[("0_5", 0.5), ("0_75", 0.75), ("1_0", 1), ("1_3", 1.3)])
            yield return new($"mnasnet{size}", new(classes => MnasNet.Create(width, classes), "classifier.1", "layers"));
    }

    static IEnumerable<KeyValuePair<string, Entry>> Transformers()
    {
        KeyValuePair<string, Entry> Transformer(string name, int patch, int layers, int heads, int hidden, int mlp) =>
            new(name, new(classes => new VisionTransformer(patch, layers, heads, hidden, mlp, classes), "heads.head", ""));
        yield return Transformer("vit_b_16", 16, 12, 12, 768, 3072);
        yield return Transformer("vit_b_32", 32, 12, 12, 768, 3072);
        yield return Transformer("vit_l_16", 16, 24, 16, 1024, 4096);
        yield return Transformer("vit_l_32", 32, 24, 16, 1024, 4096);
        yield return Transformer("vit_h_14", 14, 32, 16, 1280, 5120);
        foreach (string version in (string[])["", "v2_"])
            foreach (var (size, width, depths, heads, drop) in ((string, int, int[], int[], double)[])
                [("t", 96, [2, 2, 6, 2], [3, 6, 12, 24], 0.2), ("s", 96, [2, 2, 18, 2], [3, 6, 12, 24], 0.3), ("b", 128, [2, 2, 18, 2], [4, 8, 16, 32], 0.5)])
                yield return new($"swin_{version}{size}", new(classes => SwinTransformer.Create(width, depths, heads, drop, version.Length > 0, classes), "head", Permuted));
        yield return new("maxvit_t", new(MaxVit.Tiny, "classifier.5", "blocks.3"));
    }
}
