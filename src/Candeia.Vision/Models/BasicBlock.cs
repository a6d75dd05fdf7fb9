using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Two convolutions of 3×3 and a shortcut around them: [n, in, h, w] → [n, out, h / stride, w / stride].</summary>
public sealed class BasicBlock : Layer
{
    readonly Conv2d conv1, conv2;
    readonly Layer bn1, bn2;
    readonly Sequential? downsample;

    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="stride">That of the first convolution.</param>
    public BasicBlock(int inChannels, int outChannels, int stride = 1)
    {
        (conv1, bn1) = (new(inChannels, outChannels, 3, stride, padding: 1, bias: false), new BatchNorm2d(outChannels));
        (conv2, bn2) = (new(outChannels, outChannels, 3, padding: 1, bias: false), new BatchNorm2d(outChannels));
        if (stride != 1 || inChannels != outChannels) downsample = [new Conv2d(inChannels, outChannels, 1, stride, bias: false), new BatchNorm2d(outChannels)];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var shortcut = downsample is null ? x : x.Apply(downsample);          // first, so that the sum is done in the pass of the last normalization
        var y = x.Apply(conv1).Apply(bn1).Relu().Apply(conv2).Apply(bn2);
        return (y + shortcut).Relu();
    }
}
