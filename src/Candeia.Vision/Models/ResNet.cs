using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A residual network (<see href="https://arxiv.org/abs/1512.03385">He et al. 2015</see>), with the keys and initial weights of torchvision's:
/// [n, channels, h, w] → [n, classes]. Without classes it ends with what its last stage gives.
/// </summary>
public sealed class ResNet : Backbone
{
    readonly Conv2d conv1;
    readonly Layer bn1;
    readonly Sequential layer1, layer2, layer3, layer4;
    readonly Linear? fc;
    readonly bool _smallImages;

    /// <param name="blocks">How many blocks each of the four stages has.</param>
    /// <param name="classes">The outputs; 0 leaves the last layer out, for networks that stand on this one.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="width">Channels of the first stage; each further stage has twice as many.</param>
    /// <param name="smallImages">Whether the first convolution keeps the size (3×3, no pooling), as is usual for images of about 32×32.</param>
    /// <param name="bottleneck">Whether blocks have three convolutions and four times as many channels between them, as from 50 layers on.</param>
    /// <param name="groups">Groups of the middle convolution of such blocks.</param>
    /// <param name="widthPerGroup">Channels of such a group in the first stage; 64 are usual.</param>
    /// <param name="dilatedStages">
    /// How many of the last stages keep the size of the picture, and instead set the points of their windows apart: 2 are usual for segmentation.
    /// </param>
    /// <exception cref="ArgumentException">There are not four stages, or what is for bottlenecks is asked of basic blocks.</exception>
    public ResNet(
        ReadOnlySpan<int> blocks, int classes = 1000, int channels = 3, int width = 64, bool smallImages = false, bool bottleneck = false, int groups = 1,
        int widthPerGroup = 64, int dilatedStages = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        if (dilatedStages is < 0 or > 3) throw new ArgumentOutOfRangeException(nameof(dilatedStages), $"The first of four stages does not halve the size: 0 to 3 can be dilated, not {dilatedStages}.");
        if (blocks.Length != 4) throw new ArgumentException($"A residual network has four stages, not {blocks.Length}.");
        if (!bottleneck && (groups, widthPerGroup) != (1, 64)) throw new ArgumentException("Basic blocks have one group of 64 channels; groups are for bottlenecks.");
        if (!bottleneck && dilatedStages > 0) throw new ArgumentException("Stages of basic blocks cannot be dilated; take a network of bottlenecks, such as ResNet50.");
        _smallImages = smallImages;
        conv1 = smallImages ? new(channels, width, 3, padding: 1, bias: false) : new(channels, width, 7, stride: 2, padding: 3, bias: false);
        bn1 = new BatchNorm2d(width);
        int[] counts = blocks.ToArray();
        int input = width, dilation = 1;
        Sequential Stage(int index)
        {
            int planes = width << index, stride = index == 0 ? 1 : 2, before = dilation;
            if (index >= 4 - dilatedStages) (dilation, stride) = (dilation * stride, 1);
            return Sequential.Of([.. Enumerable.Range(0, counts[index]).Select(i =>
            {
                (int from, input) = (input, bottleneck ? Bottleneck.Expansion * planes : planes);
                int step = i == 0 ? stride : 1;
                return (Layer)(bottleneck ? new Bottleneck(from, planes, step, groups, widthPerGroup, i == 0 ? before : dilation) : new BasicBlock(from, planes, step));
            })]);
        }
        (layer1, layer2, layer3, layer4) = (Stage(0), Stage(1), Stage(2), Stage(3));
        Channels = [.. Enumerable.Range(0, 4).Select(i => input >> 3 - i)];
        if (classes > 0) fc = new(input, classes);
        this.Draw(Blocks.ByOutputs);
    }

    /// <summary>The network of 18 layers: 11 689 512 parameters with 1 000 classes.</summary>
    public static ResNet ResNet18(int classes = 1000, int channels = 3, bool smallImages = false) => new([2, 2, 2, 2], classes, channels, smallImages: smallImages);

    /// <summary>The network of 34 layers: 21 797 672 parameters with 1 000 classes.</summary>
    public static ResNet ResNet34(int classes = 1000, int channels = 3, bool smallImages = false) => new([3, 4, 6, 3], classes, channels, smallImages: smallImages);

    /// <summary>The network of 50 layers: 25 557 032 parameters with 1 000 classes.</summary>
    public static ResNet ResNet50(int classes = 1000, int channels = 3, bool smallImages = false) =>
        new([3, 4, 6, 3], classes, channels, smallImages: smallImages, bottleneck: true);

    /// <inheritdoc/>
    public override IReadOnlyList<int> Channels { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Stages(Tensor x)
    {
        x = x.Apply(conv1).Apply(bn1).Relu();
        if (!_smallImages) x = x.MaxPool2d(3, stride: 2, padding: 1);
        Tensor first = x.Apply(layer1), second = first.Apply(layer2), third = second.Apply(layer3);
        return [first, second, third, third.Apply(layer4)];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var last = base.Forward(x);
        return fc is null ? last : last.Mean([2, 3]).Apply(fc);
    }
}
