using Candeia.NN;

namespace Candeia.Vision;

/// <summary>What SSD sees pictures by: the maps of a network that was made for whole pictures, and some coarser ones behind it, with torchvision's keys.</summary>
internal static class SsdBackbones
{
    /// <summary>What SSDLite adds to variances, and how fast its normalization follows the batches.</summary>
    public const double Epsilon = 0.001, Momentum = 0.03;

    /// <summary>Glorot's initial weights.</summary>
    public static void Xavier(Conv2d conv)
    {
        Init.XavierUniform(conv.Weight);
        if (conv.Bias is { } bias) Init.Zeros(bias);
    }

    /// <summary>SSDLite's initial weights.</summary>
    public static void Narrow(Conv2d conv)
    {
        Init.Normal(conv.Weight, std: 0.03);
        if (conv.Bias is { } bias) Init.Zeros(bias);
    }

    /// <summary>VGG16 whose linear layers have become convolutions: 38², 19², 10², 5², 3² and 1 places of a picture of 300 × 300.</summary>
    public sealed class Vgg : Backbone
    {
        // Up to the fourth pooling, whose place the first of the further blocks begins with.
        const int Fourth = 23;

        readonly Sequential features;
        readonly Sequential[] extra;
        readonly Tensor scaleWeight = Parameter.Of(Tensor.Full([512], 20.0));

        public Vgg()
        {
            var layers = PlainNets.VggFeatures(16, batchNorm: false, roundsUp: 2);
            features = Sequential.Of([.. layers[..Fourth]]);
            features.Draw(Blocks.ByOutputs);
            Sequential fifth = Sequential.Of([.. layers[Fourth..^1]]), linear = new(
                new MaxPool2d(3, stride: 1, padding: 1), new Conv2d(512, 1024, 3, padding: 6, dilation: 6), new ReLU(), new Conv2d(1024, 1024, 1), new ReLU());
            fifth.Draw(Blocks.ByOutputs);
            Sequential[] coarser =
            [
                new(new Conv2d(1024, 256, 1), new ReLU(), new Conv2d(256, 512, 3, stride: 2, padding: 1), new ReLU()),
                new(new Conv2d(512, 128, 1), new ReLU(), new Conv2d(128, 256, 3, stride: 2, padding: 1), new ReLU()),
                new(new Conv2d(256, 128, 1), new ReLU(), new Conv2d(128, 256, 3), new ReLU()),
                new(new Conv2d(256, 128, 1), new ReLU(), new Conv2d(128, 256, 3), new ReLU()),
            ];
            foreach (var block in (Sequential[])[linear, .. coarser]) block.Draw(Xavier);
            extra = [[.. fifth, linear], .. coarser];
        }

        public override IReadOnlyList<int> Channels { get; } = [512, 1024, 512, 256, 256, 256];

        public override IReadOnlyList<Tensor> Stages(Tensor x)
        {
            x = x.Apply(features);
            List<Tensor> maps = [scaleWeight.Reshape(1, -1, 1, 1) * x.Normalize()];
            foreach (var (i, block) in extra.Index()) maps.Add(x = x.Apply(block, name: $"extra.{i}"));
            return maps;
        }
    }

    /// <summary>MobileNetV3 with half the channels in its last stage, which is entered in the middle of a block.</summary>
    public sealed class Mobile : Backbone
    {
        static readonly int[] s_further = [512, 256, 256, 128];
        readonly Sequential[] features, extra;

        public Mobile()
        {
            var (layers, ends) = MobileNet.V3Features(large: true, dilated: false, tail: 2, Momentum);
            int split = ends[^2].Layer;
            var block = ((ResidualBlock)layers[split]).Branch;
            // The rest of the block keeps the numbers that its layers have in it.
            var rest = Sequential.Named([.. block.Index().Skip(1).Select(l => ($"{l.Index}", l.Item))]);
            features = [[.. layers.Take(split), block[0]], [rest, .. layers.Skip(split + 1)]];
            int inner = ((Conv2d)((Sequential)block[0])[0]).Weight.Shape[0], channels = ends[^1].Channels;
            Channels = [inner, channels, .. s_further];
            extra = [.. s_further.Select((output, i) => Further(i == 0 ? channels : s_further[i - 1], output))];
            this.Draw(Narrow);
        }

        static Sequential Further(int input, int output) =>
        [
            ConvNorm(input, output / 2, 1), ConvNorm(output / 2, output / 2, 3, stride: 2, groups: output / 2), ConvNorm(output / 2, output, 1),
        ];

        static Sequential ConvNorm(int input, int output, int kernel, int stride = 1, int groups = 1) =>
            Blocks.ConvNorm(input, output, kernel, stride, groups, new ReLU6(), Epsilon, Momentum);

        public override IReadOnlyList<int> Channels { get; }

        public override IReadOnlyList<Tensor> Stages(Tensor x)
        {
            List<Tensor> maps = [];
            foreach (var (i, block) in features.Index()) maps.Add(x = x.Apply(block, name: $"features.{i}"));
            foreach (var (i, block) in extra.Index()) maps.Add(x = x.Apply(block, name: $"extra.{i}"));
            return maps;
        }
    }
}
