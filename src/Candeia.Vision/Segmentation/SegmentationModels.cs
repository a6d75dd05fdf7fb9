using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Networks that name what each pixel belongs to, under their names in torchvision: <c>deeplabv3_resnet50</c>, <c>lraspp_mobilenet_v3_large</c>. Their
/// state dicts have torchvision's keys, so that its files of weights fit. <c>convnext_tiny_upernet</c> and its larger kin are those of R's torchvision.
/// </summary>
public static class SegmentationModels
{
    static readonly Dictionary<string, Func<int, bool, Layer>> s_all = new()
    {
        ["fcn_resnet50"] = (classes, helped) => SegmentationModel.Fcn(Residual(6), classes, helped ? 2 : null),
        ["fcn_resnet101"] = (classes, helped) => SegmentationModel.Fcn(Residual(23), classes, helped ? 2 : null),
        ["deeplabv3_resnet50"] = (classes, helped) => SegmentationModel.DeepLabV3(Residual(6), classes, helped ? 2 : null),
        ["deeplabv3_resnet101"] = (classes, helped) => SegmentationModel.DeepLabV3(Residual(23), classes, helped ? 2 : null),
        ["deeplabv3_mobilenet_v3_large"] = (classes, helped) => SegmentationModel.DeepLabV3(Mobile(), classes, helped ? 0 : null),
        ["lraspp_mobilenet_v3_large"] = (classes, helped) =>
            !helped ? new LrAspp(Mobile(), classes) : throw new ArgumentException("lraspp_mobilenet_v3_large has no helper; ask for none."),
        ["convnext_tiny_upernet"] = (classes, helped) => new UperNet(VisionModels.BackboneOf("convnext_tiny"), classes, helped ? 2 : null),
        ["convnext_small_upernet"] = (classes, helped) => new UperNet(VisionModels.BackboneOf("convnext_small"), classes, helped ? 2 : null),
        ["convnext_base_upernet"] = (classes, helped) => new UperNet(VisionModels.BackboneOf("convnext_base"), classes, helped ? 2 : null),
    };

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A network with initial weights, drawn as in torchvision.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    /// <param name="classes">How many classes it names, what is none of the things among them.</param>
    /// <param name="auxiliary">Whether it has a helper that looks at an earlier stage: what <see cref="SegmentationModel.ForwardAll"/> and <see cref="UperNet.ForwardAll"/> give; with weights it has, if there is any.</param>
    /// <param name="weights">What others have trained, fetched where it is not there; with other classes than theirs, what names classes has initial weights.</param>
    /// <exception cref="ArgumentException">There is no network of that name, or it has no helper, or the weights are of another.</exception>
    /// <exception cref="DownloadException">The weights cannot be had.</exception>
    /// <example><code>
    /// var net = SegmentationModels.Create("lraspp_mobilenet_v3_large", classes: 3);
    /// Console.WriteLine(net.Forward(Tensor.Rand([2, 3, 64, 64])).Shape);   // → [2, 3, 64, 64]
    /// </code></example>
    public static Layer Create(string name, int classes = 21, bool auxiliary = false, ModelWeights? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        var net = s_all.TryGetValue(name, out var make) ? make(classes, auxiliary || (weights is not null && !name.StartsWith("lraspp", StringComparison.Ordinal)))
            : throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        weights?.LoadInto(net, name, classes);
        return net;
    }

    /// <summary>Scores in the size of a picture.</summary>
    internal static Tensor SizedLike(this Tensor scores, Tensor picture)
    {
        int height = picture.Shape[2], width = picture.Shape[3];
        return scores.Shape[2] == height && scores.Shape[3] == width ? scores : scores.Interpolate([height, width], Interpolation.Linear);
    }

    static ResNet Residual(int third) => new([3, 4, third, 3], classes: 0, bottleneck: true, dilatedStages: 2);

    /// <summary>Two stages: where the size is an eighth, and the last.</summary>
    static StagedLayers Mobile()
    {
        var (features, ends) = MobileNet.V3Features(large: true, dilated: true);
        return new StagedLayers(features, [ends[^4], ends[^1]]).Draw(Blocks.ByOutputs);
    }
}
