using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A network that names what each pixel belongs to, with torchvision's keys: FCN (<see href="https://arxiv.org/abs/1411.4038">Long et al. 2015</see>)
/// and DeepLabV3 (<see href="https://arxiv.org/abs/1706.05587">Chen et al. 2017</see>): [n, 3, h, w] → scores [n, classes, h, w].
/// </summary>
public sealed class SegmentationModel : Layer
{
    readonly Backbone backbone;
    readonly Layer classifier;
    readonly Sequential? auxClassifier;
    readonly int _early;

    SegmentationModel(Backbone backbone, Layer classifier, int? early, int classes)
    {
        (this.backbone, this.classifier, _early) = (backbone, classifier, early ?? 0);
        if (early is { } stage) auxClassifier = FcnHead(backbone.Channels[stage], classes);
    }

    /// <summary>Convolutions on what the last stage gives.</summary>
    /// <param name="backbone">What sees the picture, such as <c>new ResNet([3, 4, 6, 3], classes: 0, bottleneck: true, dilatedStages: 2)</c>.</param>
    /// <param name="classes">The outputs, what is none of the things among them.</param>
    /// <param name="auxiliary">The stage that a helper looks at, which learns by the same masks; none, if nothing is given.</param>
    public static SegmentationModel Fcn(Backbone backbone, int classes = 21, int? auxiliary = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        return new(backbone, FcnHead(backbone.Channels[^1], classes), auxiliary, classes);
    }

    /// <summary>Windows of several widths on what the last stage gives, and the mean of all places.</summary>
    /// <param name="backbone">What sees the picture, such as <c>new ResNet([3, 4, 6, 3], classes: 0, bottleneck: true, dilatedStages: 2)</c>.</param>
    /// <param name="classes">The outputs, what is none of the things among them.</param>
    /// <param name="auxiliary">The stage that a helper looks at, which learns by the same masks; none, if nothing is given.</param>
    public static SegmentationModel DeepLabV3(Backbone backbone, int classes = 21, int? auxiliary = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        Sequential head = [new Pyramid(backbone.Channels[^1]), .. Blocks.ConvNorm(256, 256, activation: new ReLU()), new Conv2d(256, classes, 1)];
        return new(backbone, head, auxiliary, classes);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => backbone.Stages(x)[^1].Apply(classifier).SizedLike(x);

    /// <summary>The scores, and those of the helper, where there is one; in training its loss is added, half.</summary>
    /// <param name="x">[n, 3, h, w].</param>
    /// <returns>Each [n, classes, h, w].</returns>
    public (Tensor Scores, Tensor? Auxiliary) ForwardAll(Tensor x)
    {
        var stages = backbone.Stages(x);
        return (stages[^1].Apply(classifier).SizedLike(x), auxClassifier is null ? null : stages[_early].Apply(auxClassifier).SizedLike(x));
    }

    static Sequential FcnHead(int channels, int classes) => [.. Blocks.ConvNorm(channels, channels / 4, activation: new ReLU()), new Dropout(0.1), new Conv2d(channels / 4, classes, 1)];

    /// <summary>A place, windows around it of three widths, and the whole picture.</summary>
    sealed class Pyramid(int input) : Layer
    {
        readonly Sequential[] convs =
        [
            Blocks.ConvNorm(input, 256, 1, activation: new ReLU()), .. ((int[])[12, 24, 36]).Select(rate => Blocks.ConvNorm(input, 256, activation: new ReLU(), dilation: rate)),
            [new AdaptiveAvgPool2d(1), .. Blocks.ConvNorm(input, 256, 1, activation: new ReLU())],
        ];
        readonly Sequential project = [.. Blocks.ConvNorm(5 * 256, 256, 1, activation: new ReLU()), new Dropout()];

        public override Tensor Forward(Tensor x) => Tensor.Cat([.. convs.Select((conv, i) => x.Apply(conv, name: $"convs.{i}").SizedLike(x))], 1).Apply(project);
    }
}
