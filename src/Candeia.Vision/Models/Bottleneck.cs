using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Three convolutions, of 1×1, 3×3 and 1×1, and a shortcut around them: [n, in, h, w] → [n, 4 · planes, h / stride, w / stride].</summary>
public sealed class Bottleneck : Layer
{
    internal const int Expansion = 4;

    readonly Conv2d conv1;
    readonly Layer bn1;
    readonly Conv2d conv2;
    readonly Layer bn2;
    readonly Conv2d conv3;
    readonly Layer bn3;
    readonly Sequential? downsample;

    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="planes">A quarter of the channels of the output.</param>
    /// <param name="stride">That of the middle convolution.</param>
    /// <param name="groups">Groups of the middle convolution.</param>
    /// <param name="widthPerGroup">Channels of a group where <paramref name="planes"/> are 64; more in proportion.</param>
    /// <param name="dilation">How far apart the points of the middle convolution are.</param>
    public Bottleneck(int inChannels, int planes, int stride = 1, int groups = 1, int widthPerGroup = 64, int dilation = 1)
    {
        int width = planes * widthPerGroup / 64 * groups, outChannels = Expansion * planes;
        (conv1, bn1) = (new(inChannels, width, 1, bias: false), new BatchNorm2d(width));
        (conv2, bn2) = (new(width, width, 3, stride, padding: dilation, dilation: dilation, groups: groups, bias: false), new BatchNorm2d(width));
        (conv3, bn3) = (new(width, outChannels, 1, bias: false), new BatchNorm2d(outChannels));
        if (stride != 1 || inChannels != outChannels) downsample = [new Conv2d(inChannels, outChannels, 1, stride, bias: false), new BatchNorm2d(outChannels)];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var shortcut = downsample is null ? x : x.Apply(downsample);          // first, so that the sum is done in the pass of the last normalization
        var y = x.Apply(conv1).Apply(bn1).Relu().Apply(conv2).Apply(bn2).Relu().Apply(conv3).Apply(bn3);
        return (y + shortcut).Relu();
    }
}
