using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A network that names what each pixel belongs to by all that its backbone sees, fine and coarse (<see href="https://arxiv.org/abs/1807.10221">Xiao et al. 2018</see>): the last stage is
/// looked at through windows of several sizes, what they say goes up to the finer stages, and all together decide: [n, 3, h, w] → scores [n, classes, h, w]. What stands on the
/// backbone has the keys of R's torchvision.
/// </summary>
/// <example><code>
/// var net = new UperNet(new ResNet([1, 1, 1, 1], classes: 0, width: 8), classes: 3, channels: 16).Eval();
/// Console.WriteLine(net.Forward(Tensor.Rand([1, 3, 64, 96])).Shape);       // → [1, 3, 64, 96]
/// </code></example>
public sealed class UperNet : Layer
{
    // Channels within the helper.
    const int Helper = 256;

    readonly Backbone backbone;
    readonly Head decodeHead;
    readonly Sequential? auxClassifier;
    readonly int _early;

    /// <param name="backbone">What sees the picture in two stages at least, such as <c>VisionModels.BackboneOf("convnext_tiny")</c> or <c>VisionModels.BackboneOf("swin_t")</c>.</param>
    /// <param name="classes">The outputs, what is none of the things among them.</param>
    /// <param name="auxiliary">The stage that a helper looks at, which learns by the same masks; none, if nothing is given.</param>
    /// <param name="channels">Channels within.</param>
    /// <param name="scales">Into how many parts windows on the last stage divide its rows and columns; 1, 2, 3 and 6, if nothing is given.</param>
    public UperNet(Backbone backbone, int classes = 21, int? auxiliary = null, int channels = 512, IReadOnlyList<int>? scales = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        if (backbone.Channels.Count < 2) throw new ArgumentException($"A pyramid needs two stages at least, and this backbone has {backbone.Channels.Count}.", nameof(backbone));
        (this.backbone, _early) = (backbone, auxiliary ?? 0);
        decodeHead = new([.. backbone.Channels], channels, classes, [.. scales ?? [1, 2, 3, 6]]);
        if (auxiliary is { } stage) auxClassifier = [.. Blocks.ConvNorm(backbone.Channels[stage], Helper, activation: new ReLU()), new Dropout(0.1), new Conv2d(Helper, classes, 1)];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => decodeHead.Of(backbone.Stages(x)).SizedLike(x);

    /// <summary>The scores, and those of the helper, where there is one; in training its loss is added, less than half.</summary>
    /// <param name="x">[n, 3, h, w].</param>
    /// <returns>Each [n, classes, h, w].</returns>
    public (Tensor Scores, Tensor? Auxiliary) ForwardAll(Tensor x)
    {
        var stages = backbone.Stages(x);
        return (decodeHead.Of(stages).SizedLike(x), auxClassifier is null ? null : stages[_early].Apply(auxClassifier).SizedLike(x));
    }

    sealed class Head : Module
    {
        [StateName("psp_modules.stages")] readonly Sequential[] pooled;
        readonly Sequential bottleneck, fpnBottleneck;
        readonly Sequential[] lateralConvs, fpnConvs;
        readonly Conv2d clsSeg;

        public Head(int[] inputs, int channels, int classes, int[] scales)
        {
            Sequential ConvNorm(int from, int kernel) => Blocks.ConvNorm(from, channels, kernel, activation: new ReLU());
            Sequential Pooled(int size) => [new AdaptiveAvgPool2d(size), .. ConvNorm(inputs[^1], 1)];
            pooled = [.. scales.Select(Pooled)];
            bottleneck = ConvNorm(inputs[^1] + scales.Length * channels, 3);
            lateralConvs = [.. inputs[..^1].Select(from => ConvNorm(from, 1))];
            fpnConvs = [.. inputs[..^1].Select(_ => ConvNorm(channels, 3))];
            fpnBottleneck = ConvNorm(inputs.Length * channels, 3);
            clsSeg = new(channels, classes, 1);
        }

        public Tensor Of(IReadOnlyList<Tensor> stages)
        {
            var last = stages[^1];
            Tensor[] maps = new Tensor[stages.Count];
            maps[^1] = Tensor.Cat([last, .. pooled.Select((p, i) => last.Apply(p, name: $"psp_modules.stages.{i}").SizedLike(last))], 1).Apply(bottleneck);
            for (int i = maps.Length - 2; i >= 0; i--)
            {
                var own = stages[i].Apply(lateralConvs[i], name: $"lateral_convs.{i}");
                maps[i] = own + maps[i + 1].SizedLike(own);
            }
            for (int i = 0; i < maps.Length - 1; i++) maps[i] = maps[i].Apply(fpnConvs[i], name: $"fpn_convs.{i}");
            return Tensor.Cat([.. maps.Select(m => m.SizedLike(maps[0]))], 1).Apply(fpnBottleneck).Apply(clsSeg);
        }
    }
}
