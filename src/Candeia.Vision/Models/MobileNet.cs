using Candeia.NN;

namespace Candeia.Vision;

/// <summary>MobileNetV2 (Sandler et al. 2018) and V3 (Howard et al. 2019): narrow between blocks, wide in them.</summary>
internal static class MobileNet
{
    /// <summary>Of each stage: how much wider, channels, blocks, stride of the first.</summary>
    static readonly (int Expand, int Channels, int Blocks, int Stride)[] s_second =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    public static ConvolutionalClassifier V2(int classes)
    {
        List<Layer> features = [Blocks.ConvNorm(3, 32, stride: 2, activation: new ReLU6())];
        int channels = 32;
        foreach (var (expand, output, count, stride) in s_second)
            for (int i = 0; i < count; i++, channels = output) features.Add(new InvertedResidual(channels, output, i == 0 ? stride : 1, expand));
        features.Add(Blocks.ConvNorm(channels, 1280, 1, activation: new ReLU6()));
        return new ConvolutionalClassifier(Sequential.Of([.. features]), ConvolutionalClassifier.Means(), new Sequential(new Dropout(0.2), new Linear(1280, classes)))
            .Draw(Blocks.ByOutputs, Blocks.Small);
    }

    sealed class InvertedResidual : Layer
    {
        readonly Sequential conv;
        readonly bool _shortcut;

        public InvertedResidual(int input, int output, int stride, int expand)
        {
            int wide = input * expand;
            Layer[] narrow = [Blocks.ConvNorm(wide, wide, stride: stride, groups: wide, activation: new ReLU6()), new Conv2d(wide, output, 1, bias: false), new BatchNorm2d(output)];
            conv = expand == 1 ? Sequential.Of(narrow) : Sequential.Of([Blocks.ConvNorm(input, wide, 1, activation: new ReLU6()), .. narrow]);
            _shortcut = stride == 1 && input == output;
        }

        public override Tensor Forward(Tensor x) => _shortcut ? x.Apply(conv) + x : x.Apply(conv);
    }

    /// <summary>Of each block: kernel, channels within, channels, squeeze and excitation, hard swish instead of ReLU, stride.</summary>
    static readonly (int Kernel, int Wide, int Channels, bool Squeeze, bool Hard, int Stride)[]
        s_large =
        [
            (3, 16, 16, false, false, 1), (3, 64, 24, false, false, 2), (3, 72, 24, false, false, 1), (5, 72, 40, true, false, 2), (5, 120, 40, true, false, 1), (5, 120, 40, true, false, 1),
            (3, 240, 80, false, true, 2), (3, 200, 80, false, true, 1), (3, 184, 80, false, true, 1), (3, 184, 80, false, true, 1), (3, 480, 112, true, true, 1), (3, 672, 112, true, true, 1),
            (5, 672, 160, true, true, 2), (5, 960, 160, true, true, 1), (5, 960, 160, true, true, 1),
        ],
        s_small =
        [
            (3, 16, 16, true, false, 2), (3, 72, 24, false, false, 2), (3, 88, 24, false, false, 1), (5, 96, 40, true, true, 2), (5, 240, 40, true, true, 1), (5, 240, 40, true, true, 1),
            (5, 120, 48, true, true, 1), (5, 144, 48, true, true, 1), (5, 288, 96, true, true, 2), (5, 576, 96, true, true, 1), (5, 576, 96, true, true, 1),
        ];

    public static ConvolutionalClassifier V3(bool large, int classes)
    {
        var (features, ends) = V3Features(large, dilated: false);
        int channels = ends[^1].Channels, last = large ? 1280 : 1024;
        return new ConvolutionalClassifier(features, ConvolutionalClassifier.Means(),
            new Sequential(new Linear(channels, last), new Hardswish(), new Dropout(0.2), new Linear(last, classes))).Draw(Blocks.ByOutputs, Blocks.Small);
    }

    /// <summary>All but the head, and where the size is about to be halved, with the channels there: the first layer, and each that has a stride.</summary>
    /// <param name="large">Which of the two.</param>
    /// <param name="dilated">Whether the last stage keeps the size, and instead sets the points of its windows apart.</param>
    /// <param name="tail">What the channels of the last stage are divided by.</param>
    /// <param name="momentum">How fast normalization follows its batches.</param>
    public static (Sequential Features, (int Layer, int Channels)[] Ends) V3Features(bool large, bool dilated, int tail = 1, double momentum = 0.01)
    {
        Sequential ConvNorm(int input, int output, int kernel, Layer? activation, int stride = 1, int groups = 1, int dilation = 1) =>
            Blocks.ConvNorm(input, output, kernel, stride, groups, activation, epsilon: 0.001, momentum, dilation);
        List<Layer> features = [ConvNorm(3, 16, 3, new Hardswish(), stride: 2)];
        List<(int, int)> ends = [(0, 16)];
        int channels = 16;
        var blocks = large ? s_large : s_small;
        int last = Array.FindLastIndex(blocks, b => b.Stride > 1);
        foreach (var (i, whole) in blocks.Index())
        {
            var b = whole with { Wide = i > last ? whole.Wide / tail : whole.Wide, Channels = i >= last ? whole.Channels / tail : whole.Channels };
            Layer Activation() => b.Hard ? new Hardswish() : new ReLU();
            bool apart = dilated && features.Count > (large ? 12 : 8);
            List<Layer> block = b.Wide == channels ? [] : [ConvNorm(channels, b.Wide, 1, Activation())];
            block.Add(ConvNorm(b.Wide, b.Wide, b.Kernel, Activation(), apart ? 1 : b.Stride, b.Wide, apart ? 2 : 1));
            if (b.Squeeze) block.Add(new SqueezeExcitation(b.Wide, Blocks.Eighths(b.Wide / 4), new ReLU(), new Hardsigmoid()));
            block.Add(ConvNorm(b.Wide, b.Channels, 1, null));
            if (b.Stride > 1) ends.Add((features.Count, b.Channels));
            features.Add(new ResidualBlock(Sequential.Of([.. block]), shortcut: b.Stride == 1 && b.Channels == channels));
            channels = b.Channels;
        }
        ends.Add((features.Count, 6 * channels));
        features.Add(ConvNorm(channels, 6 * channels, 1, new Hardswish()));
        return (Sequential.Of([.. features]), [.. ends]);
    }
}
