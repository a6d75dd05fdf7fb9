using Candeia.NN;

namespace Candeia.Vision;

/// <summary>A residual network with what transformers have taught (<see href="https://arxiv.org/abs/2201.03545">Liu et al. 2022</see>).</summary>
internal static class ConvNeXt
{
    public static ConvolutionalClassifier Create(int width, int[] depths, double drop, int classes)
    {
        List<Layer> features = [new Sequential(new Conv2d(3, width, 4, stride: 4), new LayerNorm2d(width))];
        int done = 0, all = depths.Sum(), channels = width;
        for (int stage = 0; stage < depths.Length; stage++, channels *= 2)
        {
            if (stage > 0) features.Add(new Sequential(new LayerNorm2d(channels / 2), new Conv2d(channels / 2, channels, 2, stride: 2)));
            features.Add(Sequential.Of([.. Enumerable.Range(0, depths[stage]).Select(_ => new Block(channels, drop * done++ / (all - 1)))]));
        }
        return new ConvolutionalClassifier(Sequential.Of([.. features]), new AdaptiveAvgPool2d(1), new Sequential(new LayerNorm2d(channels / 2), new Flatten(), new Linear(channels / 2, classes)))
            .Draw(conv => Small(conv.Weight, conv.Bias!), linear => Small(linear.Weight, linear.Bias!));
    }

    static void Small(Tensor weight, Tensor bias)
    {
        Init.TruncatedNormal(weight, std: 0.02);
        Init.Zeros(bias);
    }

    sealed class Block(int channels, double drop) : Layer
    {
        readonly Tensor layerScale = Parameter.Of(Tensor.Full([channels, 1, 1], 1e-6));
        readonly Sequential block =
        [
            new Conv2d(channels, channels, 7, padding: 3, groups: channels), new Permuted(0, 2, 3, 1), new LayerNorm([channels], 1e-6),
            new Linear(channels, 4 * channels), new GELU(), new Linear(4 * channels, channels), new Permuted(0, 3, 1, 2),
        ];
        readonly StochasticDepth stochasticDepth = new(drop);

        public override Tensor Forward(Tensor x) => x + (layerScale * x.Apply(block)).Apply(stochasticDepth);
    }
}
