using Candeia.NN;

namespace Candeia.Vision;

/// <summary>EfficientNet (Tan and Le 2019) and its second version (2021): depth, width and size grow together.</summary>
internal static class EfficientNet
{
    /// <param name="Fused">Whether the block widens by a convolution of the whole kernel at once.</param>
    /// <param name="Expand">How much wider a block is within.</param>
    /// <param name="Kernel">Rows and columns of its convolution.</param>
    /// <param name="Stride">That of the first block.</param>
    /// <param name="Channels">Channels of the result.</param>
    /// <param name="Blocks">How many.</param>
    internal readonly record struct Stage(bool Fused, int Expand, int Kernel, int Stride, int Channels, int Blocks);

    static readonly Stage[] s_first =
        [new(false, 1, 3, 1, 16, 1), new(false, 6, 3, 2, 24, 2), new(false, 6, 5, 2, 40, 2), new(false, 6, 3, 2, 80, 3), new(false, 6, 5, 1, 112, 3), new(false, 6, 5, 2, 192, 4), new(false, 6, 3, 1, 320, 1)];

    /// <summary>b0 to b7: width, depth, dropout.</summary>
    static readonly (double Width, double Depth, double Dropout)[] s_factors =
        [(1, 1, 0.2), (1, 1.1, 0.2), (1.1, 1.2, 0.3), (1.2, 1.4, 0.3), (1.4, 1.8, 0.4), (1.6, 2.2, 0.4), (1.8, 2.6, 0.5), (2, 3.1, 0.5)];

    static readonly Dictionary<char, (int Stem, double Dropout, Stage[] Stages)> s_second = new()
    {
        ['s'] = (24, 0.2, [new(true, 1, 3, 1, 24, 2), new(true, 4, 3, 2, 48, 4), new(true, 4, 3, 2, 64, 4), new(false, 4, 3, 2, 128, 6), new(false, 6, 3, 1, 160, 9), new(false, 6, 3, 2, 256, 15)]),
        ['m'] = (24, 0.3, [new(true, 1, 3, 1, 24, 3), new(true, 4, 3, 2, 48, 5), new(true, 4, 3, 2, 80, 5), new(false, 4, 3, 2, 160, 7), new(false, 6, 3, 1, 176, 14), new(false, 6, 3, 2, 304, 18), new(false, 6, 3, 1, 512, 5)]),
        ['l'] = (32, 0.4, [new(true, 1, 3, 1, 32, 4), new(true, 4, 3, 2, 64, 7), new(true, 4, 3, 2, 96, 7), new(false, 4, 3, 2, 192, 10), new(false, 6, 3, 1, 224, 19), new(false, 6, 3, 2, 384, 25), new(false, 6, 3, 1, 640, 7)]),
    };

    /// <summary>b0 to b7.</summary>
    public static ConvolutionalClassifier B(int number, int classes)
    {
        var (width, depth, dropout) = s_factors[number];
        Stage[] stages = Array.ConvertAll(s_first, s => s with { Channels = Blocks.Eighths(s.Channels * width), Blocks = (int)Math.Ceiling(s.Blocks * depth) });
        return Create(stages, Blocks.Eighths(32 * width), 4 * stages[^1].Channels, dropout, number < 5 ? (1e-5, 0.1) : (0.001, 0.01), classes);
    }

    /// <summary>The second version: s, m or l.</summary>
    public static ConvolutionalClassifier V2(char size, int classes)
    {
        var (stem, dropout, stages) = s_second[size];
        return Create(stages, stem, 1280, dropout, (1e-3, 0.1), classes);
    }

    static ConvolutionalClassifier Create(Stage[] stages, int stem, int last, double dropout, (double Epsilon, double Momentum) norm, int classes)
    {
        Sequential ConvNorm(int input, int output, int kernel, int stride = 1, int groups = 1, bool active = true) =>
            Blocks.ConvNorm(input, output, kernel, stride, groups, active ? new SiLU() : null, norm.Epsilon, norm.Momentum);
        Sequential Block(Stage s, int input, int stride)
        {
            int wide = Blocks.Eighths(input * s.Expand);
            if (s.Fused) return wide == input ? [ConvNorm(input, s.Channels, s.Kernel, stride)] : [ConvNorm(input, wide, s.Kernel, stride), ConvNorm(wide, s.Channels, 1, active: false)];
            Layer[] deep = [ConvNorm(wide, wide, s.Kernel, stride, wide), new SqueezeExcitation(wide, Math.Max(1, input / 4), new SiLU(), new Sigmoid()), ConvNorm(wide, s.Channels, 1, active: false)];
            return wide == input ? Sequential.Of(deep) : Sequential.Of([ConvNorm(input, wide, 1), .. deep]);
        }
        List<Layer> features = [ConvNorm(3, stem, 3, 2)];
        int channels = stem, done = 0, all = stages.Sum(s => s.Blocks);
        foreach (var stage in stages)
        {
            List<Layer> blocks = [];
            for (int i = 0; i < stage.Blocks; i++, channels = stage.Channels)
            {
                int stride = i == 0 ? stage.Stride : 1;
                blocks.Add(new ResidualBlock(Block(stage, channels, stride), stride == 1 && channels == stage.Channels, 0.2 * done++ / all));
            }
            features.Add(Sequential.Of([.. blocks]));
        }
        features.Add(ConvNorm(channels, last, 1));
        return new ConvolutionalClassifier(Sequential.Of([.. features]), ConvolutionalClassifier.Means(), new Sequential(new Dropout(dropout), new Linear(last, classes)))
            .Draw(Blocks.ByOutputs, linear =>
            {
                double bound = 1 / Math.Sqrt(classes);
                Init.Uniform(linear.Weight, -bound, bound);
                Init.Zeros(linear.Bias!);
            });
    }
}
