using Candeia.NN;

namespace Candeia.Compare;

/// <summary>The network of "What if?": that of "Guess the correlation" with batch normalization after each ReLU.</summary>
sealed class NormalizedNet : Layer
{
    readonly Conv2d conv1 = new(1, 32, 3), conv2 = new(32, 64, 3), conv3 = new(64, 128, 3);
    readonly BatchNorm2d bn1 = new(32), bn2 = new(64), bn3 = new(128);
    readonly Linear fc1 = new(14 * 14 * 128, 128), fc2 = new(128, 1);
    readonly BatchNorm1d bn4 = new(128);

    public override Tensor Forward(Tensor x) => x
        .Apply(conv1).Relu().Apply(bn1).AvgPool2d(2)
        .Apply(conv2).Relu().Apply(bn2).AvgPool2d(2)
        .Apply(conv3).Relu().Apply(bn3).AvgPool2d(2)
        .Flatten(startDim: 1)
        .Apply(fc1).Relu().Apply(bn4)
        .Apply(fc2);
}
