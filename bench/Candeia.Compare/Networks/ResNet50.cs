using Candeia.NN;

namespace Candeia.Compare;

/// <summary>The residual network of 50 layers for pictures of 224×224.</summary>
sealed class ResNet50 : Layer
{
    readonly Conv2d conv1 = new(3, 64, 7, 2, 3, bias: false);
    readonly BatchNorm2d bn1 = new(64);
    readonly Sequential layer1 = Stage(3, 64, 64, 1), layer2 = Stage(4, 256, 128, 2), layer3 = Stage(6, 512, 256, 2), layer4 = Stage(3, 1024, 512, 2);
    readonly Linear fc = new(2048, 1000);

    public override Tensor Forward(Tensor x) => x
        .Apply(conv1).Apply(bn1).Relu().MaxPool2d(3, 2, 1)
        .Apply(layer1).Apply(layer2).Apply(layer3).Apply(layer4)
        .Mean([2, 3])
        .Apply(fc);

    static Sequential Stage(int blocks, int input, int width, int stride) =>
        Sequential.Of([.. Enumerable.Range(0, blocks).Select(i => new Bottleneck(i == 0 ? input : 4 * width, width, i == 0 ? stride : 1))]);

    sealed class Bottleneck : Layer
    {
        readonly Conv2d conv1, conv2, conv3;
        readonly BatchNorm2d bn1, bn2, bn3;
        readonly Sequential? downsample;

        public Bottleneck(int input, int width, int stride)
        {
            (conv1, bn1) = (new(input, width, 1, bias: false), new(width));
            (conv2, bn2) = (new(width, width, 3, stride, 1, bias: false), new(width));
            (conv3, bn3) = (new(width, 4 * width, 1, bias: false), new(4 * width));
            if (input != 4 * width) downsample = [new Conv2d(input, 4 * width, 1, stride, bias: false), new BatchNorm2d(4 * width)];
        }

        public override Tensor Forward(Tensor x)
        {
            var y = x.Apply(conv1).Apply(bn1).Relu().Apply(conv2).Apply(bn2).Relu().Apply(conv3).Apply(bn3);
            return (y + (downsample is null ? x : x.Apply(downsample))).Relu();
        }
    }
}
