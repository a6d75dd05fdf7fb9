using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Convolution, attention in windows and attention over a grid in turn (<see href="https://arxiv.org/abs/2204.01697">Tu et al. 2022</see>). Sizes of
/// pictures are multiples of 224.
/// </summary>
internal static class MaxVit
{
    const int Part = 7, HeadChannels = 32;

    static readonly (int Channels, int Layers)[] s_tiny = [(64, 2), (128, 2), (256, 5), (512, 2)];

    public static Sequential Tiny(int classes)
    {
        const int stem = 64;
        const double drop = 0.2;
        int channels = stem, done = 0, all = s_tiny.Sum(b => b.Layers);
        List<Layer> blocks = [];
        foreach (var (output, count) in s_tiny)
        {
            List<Layer> layers = [];
            for (int i = 0; i < count; i++, channels = output) layers.Add(Of(channels, output, i == 0 ? 2 : 1, drop * done++ / (all - 1)));
            blocks.Add(Sequential.Named(("layers", Sequential.Of([.. layers]))));
        }
        return Sequential.Named(
            ("stem", new Sequential(ConvNorm(3, stem, 3, 2), new Sequential(new Conv2d(stem, stem, 3, padding: 1)))), ("blocks", Sequential.Of([.. blocks])),
            ("classifier", new Sequential(
                new AdaptiveAvgPool2d(1), new Flatten(), new LayerNorm([channels]), new Linear(channels, channels), new Tanh(), new Linear(channels, classes, bias: false))))
            .Draw(conv => Small(conv.Weight, conv.Bias), linear => Small(linear.Weight, linear.Bias));
    }

    static Sequential Of(int input, int output, int stride, double drop) => Sequential.Named(("layers", Sequential.Named(
        ("MBconv", new InvertedResidual(input, output, stride, drop)),
        ("window_attention", new PartAttention(output, grid: false, drop)), ("grid_attention", new PartAttention(output, grid: true, drop)))));

    static void Small(Tensor weight, Tensor? bias)
    {
        Init.Normal(weight, std: 0.02);
        if (bias is not null) Init.Zeros(bias);
    }

    static Sequential ConvNorm(int input, int output, int kernel, int stride = 1, int groups = 1) => Blocks.ConvNorm(input, output, kernel, stride, groups, new GELU(), 1e-3, 0.99);

    sealed class InvertedResidual : Layer
    {
        readonly Sequential? proj;
        readonly StochasticDepth stochasticDepth;
        readonly Sequential layers;

        public InvertedResidual(int input, int output, int stride, double drop)
        {
            int wide = 4 * output;
            if (stride == 2) proj = [new AvgPool2d(3, 2, 1), new Conv2d(input, output, 1)];
            else if (input != output) proj = [new Conv2d(input, output, 1)];
            stochasticDepth = new(drop);
            layers = Sequential.Named(
                ("pre_norm", new BatchNorm2d(input, 1e-3, 0.99)), ("conv_a", ConvNorm(input, wide, 1)), ("conv_b", ConvNorm(wide, wide, 3, stride, wide)),
                ("squeeze_excitation", new SqueezeExcitation(wide, output / 4, new SiLU(), new Sigmoid())), ("conv_c", new Conv2d(wide, output, 1)));
        }

        public override Tensor Forward(Tensor x) => (proj is null ? x : x.Apply(proj)) + x.Apply(layers).Apply(stochasticDepth);
    }

    /// <summary>Attention among neighbours, or, over a grid, among places that lie far apart at equal distances.</summary>
    sealed class PartAttention(int channels, bool grid, double drop) : Layer
    {
        readonly Sequential attnLayer = [new LayerNorm([channels]), new Attention(channels), new Dropout(0)];
        readonly Sequential mlpLayer = [new LayerNorm([channels]), new Linear(channels, 4 * channels), new GELU(), new Linear(4 * channels, channels), new Dropout(0)];
        readonly StochasticDepth stochasticDropout = new(drop);

        public override Tensor Forward(Tensor x)
        {
            int height = x.Shape[2], width = x.Shape[3];
            if (height % Part != 0 || width % Part != 0) throw new ShapeException($"{height} × {width} places cannot be cut into parts of {Part} × {Part}; MaxViT takes pictures of 224 × 224.");
            int rows = grid ? height / Part : Part, columns = grid ? width / Part : Part;
            var parts = Windows.Split(x.Permute(0, 2, 3, 1), rows, columns);
            if (grid) parts = parts.Transpose(1, 2);
            parts += parts.Apply(attnLayer).Apply(stochasticDropout);
            parts += parts.Apply(mlpLayer).Apply(stochasticDropout);
            if (grid) parts = parts.Transpose(1, 2);
            return Windows.Join(parts, rows, columns, height, width).Permute(0, 3, 1, 2);
        }
    }

    sealed class Attention(int channels) : Layer
    {
        readonly Linear toQkv = new(channels, 3 * channels), merge = new(channels, channels);
        readonly Tensor relativePositionBiasTable = Windows.Table(Part, channels / HeadChannels);
        [Buffer] readonly Tensor relativePositionIndex = Windows.Distances(Part).Reshape(Part * Part, -1);

        public override Tensor Forward(Tensor x)
        {
            var (query, key, value) = Windows.Heads(x.Apply(toQkv), channels / HeadChannels);
            var bias = Windows.Bias(relativePositionBiasTable, relativePositionIndex, Part * Part);
            return Windows.Merge(query.ScaledDotProductAttention(key, value, bias, scale: 1 / Math.Sqrt(channels))).Apply(merge);
        }
    }
}
