using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A network whose stages all know what the deeper ones have seen (<see href="https://arxiv.org/abs/1612.03144">Lin et al. 2017</see>), with torchvision's keys:
/// [n, 3, h, w] → maps of one number of channels, each half as large as the one before.
/// </summary>
public sealed class FeaturePyramid : Backbone
{
    readonly Backbone body;
    readonly Merge fpn;
    readonly int[] _stages;

    /// <param name="body">What sees the picture, such as <c>new ResNet([2, 2, 2, 2], classes: 0)</c>.</param>
    /// <param name="channels">Channels of all maps.</param>
    /// <param name="stages">The stages of the body that are looked at; all, if none are named.</param>
    /// <param name="coarser">The maps below that of the last stage.</param>
    /// <param name="norm">Whether maps are normalized over the batch.</param>
    public FeaturePyramid(Backbone body, int channels = 256, IReadOnlyList<int>? stages = null, CoarserMaps coarser = CoarserMaps.Pooled, bool norm = false)
    {
        ArgumentNullException.ThrowIfNull(body);
        (this.body, _stages) = (body, [.. stages ?? [.. Enumerable.Range(0, body.Channels.Count)]]);
        fpn = new([.. _stages.Select(s => body.Channels[s])], channels, coarser, norm);
        Channels = [.. Enumerable.Repeat(channels, _stages.Length + (coarser == CoarserMaps.Pooled ? 1 : 2))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Channels { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Stages(Tensor x)
    {
        var all = body.Stages(x);
        return fpn.Of([.. _stages.Select(s => all[s])]);
    }

    sealed class Merge : Module
    {
        readonly Sequential[] innerBlocks, layerBlocks;
        readonly Further? extraBlocks;

        public Merge(int[] inputs, int channels, CoarserMaps coarser, bool norm)
        {
            Sequential Block(int from, int kernel) => norm ? Blocks.ConvNorm(from, channels, kernel) : [new Conv2d(from, channels, kernel, padding: kernel / 2)];
            innerBlocks = [.. inputs.Select(from => Block(from, 1))];
            layerBlocks = [.. inputs.Select(_ => Block(channels, 3))];
            if (coarser != CoarserMaps.Pooled) extraBlocks = new(coarser == CoarserMaps.OfStage ? inputs[^1] : channels, channels, coarser == CoarserMaps.OfStage);
            this.Draw(conv =>
            {
                Init.KaimingUniform(conv.Weight, slope: 1);
                if (conv.Bias is { } bias) Init.Zeros(bias);
            });
        }

        public IReadOnlyList<Tensor> Of(Tensor[] stages)
        {
            Tensor[] maps = new Tensor[stages.Length];
            var inner = stages[^1].Apply(innerBlocks[^1], name: $"inner_blocks.{stages.Length - 1}");
            maps[^1] = inner.Apply(layerBlocks[^1], name: $"layer_blocks.{stages.Length - 1}");
            for (int i = stages.Length - 2; i >= 0; i--)
            {
                var seen = stages[i].Apply(innerBlocks[i], name: $"inner_blocks.{i}");
                inner = seen + inner.Interpolate([seen.Shape[2], seen.Shape[3]]);
                maps[i] = inner.Apply(layerBlocks[i], name: $"layer_blocks.{i}");
            }
            return extraBlocks is null ? [.. maps, maps[^1].MaxPool2d(1, stride: 2)] : [.. maps, .. extraBlocks.Of(maps[^1], stages[^1])];
        }
    }

    /// <summary>Two coarser maps.</summary>
    sealed class Further(int input, int channels, bool ofStage) : Module
    {
        readonly Conv2d p6 = new(input, channels, 3, stride: 2, padding: 1), p7 = new(channels, channels, 3, stride: 2, padding: 1);

        public Tensor[] Of(Tensor map, Tensor stage)
        {
            var sixth = (ofStage ? stage : map).Apply(p6);
            return [sixth, sixth.Relu().Apply(p7)];
        }
    }
}

/// <summary>What maps a <see cref="FeaturePyramid"/> has below that of the last stage.</summary>
public enum CoarserMaps
{
    /// <summary>One: every second place of the last, as in Faster R-CNN.</summary>
    Pooled,

    /// <summary>Two convolutions of the last map, as in RetinaNet.</summary>
    OfMap,

    /// <summary>Two convolutions of what the last stage of the body gives.</summary>
    OfStage,
}
