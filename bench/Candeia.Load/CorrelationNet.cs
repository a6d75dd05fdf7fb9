using Candeia.NN;

namespace Candeia.Load;

/// <summary>The tutorial's network, with its names.</summary>
sealed class CorrelationNet : Layer
{
    readonly Conv2d conv1 = new(1, 32, kernelSize: 3);
    readonly Conv2d conv2 = new(32, 64, kernelSize: 3);
    readonly Conv2d conv3 = new(64, 128, kernelSize: 3);
    readonly Linear fc1 = new(14 * 14 * 128, 128);
    readonly Linear fc2 = new(128, 1);

    public override Tensor Forward(Tensor x) => x
        .Apply(conv1).Relu().AvgPool2d(2)
        .Apply(conv2).Relu().AvgPool2d(2)
        .Apply(conv3).Relu().AvgPool2d(2)
        .Flatten(startDim: 1)
        .Apply(fc1).Relu()
        .Apply(fc2);
}
