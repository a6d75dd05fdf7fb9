using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A residual network (<see href="https://arxiv.org/abs/1512.03385">He et al. 2015</see>), with the keys and initial weights of torchvision's:
/// [n, channels, h, w] → [n, classes].
/// </summary>
public sealed class ResNet : Layer
{
    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly Sequential layer1, layer2, layer3, layer4;
    readonly Linear fc;
    readonly bool _smallImages;

    /// <param name="blocks">How many blocks each of the four stages has.</param>
    /// <param name="classes">The outputs.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="width">Channels of the first stage; each further stage has twice as many.</param>
    /// <param name="smallImages">Whether the first convolution keeps the size (3×3, no pooling), as is usual for images of about 32×32.</param>
    /// <param name="bottleneck">Whether blocks have three convolutions and four times as many channels between them, as from 50 layers on.</param>
    /// <param name="groups">Groups of the middle convolution of such blocks.</param>
    /// <param name="widthPerGroup">Channels of such a group in the first stage; 64 are usual.</param>
    public ResNet(
        ReadOnlySpan<int> blocks, int classes = 1000, int channels = 3, int width = 64, bool smallImages = false, bool bottleneck = false, int groups = 1,
        int widthPerGroup = 64)
    {
        if (blocks.Length != 4) throw new ArgumentException($"A residual network has four stages, not {blocks.Length}.");
        if (!bottleneck && (groups, widthPerGroup) != (1, 64)) throw new ArgumentException("Basic blocks have one group of 64 channels; groups are for bottlenecks.");
        _smallImages = smallImages;
        conv1 = smallImages ? new(channels, width, 3, padding: 1, bias: false) : new(channels, width, 7, stride: 2, padding: 3, bias: false);
        bn1 = new(width);
        int input = width;
        Sequential Stage(int count, int planes, int stride) => Sequential.Of([.. Enumerable.Range(0, count).Select(i =>
        {
            (int from, input) = (input, bottleneck ? Bottleneck.Expansion * planes : planes);
            return (Layer)(bottleneck ? new Bottleneck(from, planes, i == 0 ? stride : 1, groups, widthPerGroup) : new BasicBlock(from, planes, i == 0 ? stride : 1));
        })]);
        layer1 = Stage(blocks[0], width, 1);
        layer2 = Stage(blocks[1], 2 * width, 2);
        layer3 = Stage(blocks[2], 4 * width, 2);
        layer4 = Stage(blocks[3], 8 * width, 2);
        fc = new(input, classes);
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
    public override Tensor Forward(Tensor x)
    {
        x = x.Apply(conv1).Apply(bn1).Relu();
        if (!_smallImages) x = x.MaxPool2d(3, stride: 2, padding: 1);
        return x.Apply(layer1).Apply(layer2).Apply(layer3).Apply(layer4)
            .Mean([2, 3])
            .Apply(fc);
    }
}
