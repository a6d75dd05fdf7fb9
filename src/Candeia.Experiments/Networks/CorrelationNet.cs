using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>The network of the tutorial: three convolutions with pooling, then two linear layers; 3 304 193 parameters.</summary>
sealed class CorrelationNet : Layer
{
    readonly Conv2d conv1 = new(1, 32, kernelSize: 3);
    readonly Conv2d conv2 = new(32, 64, kernelSize: 3);
    readonly Conv2d conv3 = new(64, 128, kernelSize: 3);
    readonly Linear fc1 = new(14 * 14 * 128, 128);
    readonly Linear fc2 = new(128, 1);

    public override Tensor Forward(Tensor x) => x            // [n, 1, 130, 130]
        .Apply(conv1).Relu().AvgPool2d(2)                    // [n, 32, 64, 64]
        .Apply(conv2).Relu().AvgPool2d(2)                    // [n, 64, 31, 31]
        .Apply(conv3).Relu().AvgPool2d(2)                    // [n, 128, 14, 14]
        .Flatten(startDim: 1)
        .Apply(fc1).Relu()                                   // [n, 128]
        .Apply(fc2);                                         // [n, 1]

    /// <summary>From a picture [150, 150] to what the network reads, [1, 130, 130]: without the axes, with a channel.</summary>
    public static Tensor Crop(Tensor picture) => picture[..130, 20..150].Unsqueeze(0);
}
