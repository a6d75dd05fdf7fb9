using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Every layer of a block sees all layers before it (<see href="https://arxiv.org/abs/1608.06993">Huang et al. 2017</see>).</summary>
internal static class DenseNet
{
    public static ConvolutionalClassifier Create(int growth, int[] blocks, int width, int classes)
    {
        var features = new DenseFeatures(growth, blocks, width);
        return new ConvolutionalClassifier(features, new Sequential(new ReLU(), new AdaptiveAvgPool2d(1), new Flatten()), new Linear(features.Channels, classes))
            .Draw(conv => Init.KaimingNormal(conv.Weight), linear => Init.Zeros(linear.Bias!));
    }

    sealed class DenseFeatures : Layer
    {
        readonly Conv2d conv0;
        readonly BatchNorm2d norm0, norm5;
        readonly Dictionary<string, DenseLayer> denseblock1, denseblock2, denseblock3, denseblock4;
        readonly Transition transition1, transition2, transition3;

        public DenseFeatures(int growth, int[] blocks, int width)
        {
            (conv0, norm0, Channels) = (new(3, width, 7, stride: 2, padding: 3, bias: false), new(width), width);
            (denseblock1, transition1) = (Block(blocks[0], growth), Halved());
            (denseblock2, transition2) = (Block(blocks[1], growth), Halved());
            (denseblock3, transition3) = (Block(blocks[2], growth), Halved());
            (denseblock4, norm5) = (Block(blocks[3], growth), new(Channels));
        }

        public int Channels { get; private set; }

        public override Tensor Forward(Tensor x)
        {
            x = Dense(x.Apply(conv0).Apply(norm0).Relu().MaxPool2d(3, stride: 2, padding: 1), denseblock1).Apply(transition1);
            x = Dense(Dense(x, denseblock2).Apply(transition2), denseblock3).Apply(transition3);
            return Dense(x, denseblock4).Apply(norm5);
        }

        static Tensor Dense(Tensor x, Dictionary<string, DenseLayer> block)
        {
            foreach (var (name, layer) in block) x = Tensor.Cat([x, x.Apply(layer, name: name)], 1);
            return x;
        }

        Dictionary<string, DenseLayer> Block(int layers, int growth)
        {
            Dictionary<string, DenseLayer> block = [];
            for (int i = 1; i <= layers; i++, Channels += growth) block[$"denselayer{i}"] = new(Channels, growth);
            return block;
        }

        Transition Halved()
        {
            Channels /= 2;
            return new(2 * Channels, Channels);
        }
    }

    sealed class DenseLayer(int channels, int growth) : Layer
    {
        readonly BatchNorm2d norm1 = new(channels);
        readonly Conv2d conv1 = new(channels, 4 * growth, 1, bias: false);
        readonly BatchNorm2d norm2 = new(4 * growth);
        readonly Conv2d conv2 = new(4 * growth, growth, 3, padding: 1, bias: false);

        public override Tensor Forward(Tensor x) => x.Apply(norm1).Relu().Apply(conv1).Apply(norm2).Relu().Apply(conv2);
    }

    sealed class Transition(int input, int output) : Layer
    {
        readonly BatchNorm2d norm = new(input);
        readonly Conv2d conv = new(input, output, 1, bias: false);

        public override Tensor Forward(Tensor x) => x.Apply(norm).Relu().Apply(conv).AvgPool2d(2);
    }
}
