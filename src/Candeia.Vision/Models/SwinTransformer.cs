using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A transformer over windows that are shifted from block to block (<see href="https://arxiv.org/abs/2103.14030">Liu et al. 2021</see>), and its
/// second version (<see href="https://arxiv.org/abs/2111.09883">2022</see>).
/// </summary>
internal static class SwinTransformer
{
    public static Sequential Create(int width, int[] depths, int[] heads, double drop, bool second, int classes)
    {
        List<Layer> features = [new Sequential(new Conv2d(3, width, 4, stride: 4), new Permuted(0, 2, 3, 1), new LayerNorm([width]))];
        int done = 0, all = depths.Sum(), channels = width, window = second ? 8 : 7;
        for (int stage = 0; stage < depths.Length; stage++, channels *= 2)
        {
            if (stage > 0) features.Add(new PatchMerging(channels / 2, second));
            List<Layer> blocks = [];
            for (int i = 0; i < depths[stage]; i++)
                blocks.Add(new Block(channels, new WindowAttention(channels, heads[stage], window, i % 2 == 0 ? 0 : window / 2, second), drop * done++ / (all - 1), second));
            features.Add(Sequential.Of([.. blocks]));
        }
        channels /= 2;
        return Sequential.Named(
            ("features", Sequential.Of([.. features])), ("norm", new LayerNorm([channels])), ("permute", new Permuted(0, 3, 1, 2)), ("avgpool", new AdaptiveAvgPool2d(1)),
            ("flatten", new Flatten()), ("head", new Linear(channels, classes))).Draw(linear: linear =>
            {
                Init.TruncatedNormal(linear.Weight, std: 0.02);
                if (linear.Bias is { } bias) Init.Zeros(bias);
            });
    }

    /// <summary>The first version normalizes before, the second after.</summary>
    sealed class Block(int channels, WindowAttention attention, double drop, bool second) : Layer
    {
        readonly LayerNorm norm1 = new([channels]);
        readonly WindowAttention attn = attention;
        readonly StochasticDepth stochasticDepth = new(drop);
        readonly LayerNorm norm2 = new([channels]);
        readonly Sequential mlp = [new Linear(channels, 4 * channels), new GELU(), new Dropout(0), new Linear(4 * channels, channels), new Dropout(0)];

        public override Tensor Forward(Tensor x)
        {
            x += (second ? x.Apply(attn).Apply(norm1) : x.Apply(norm1).Apply(attn)).Apply(stochasticDepth);
            return x + (second ? x.Apply(mlp).Apply(norm2) : x.Apply(norm2).Apply(mlp)).Apply(stochasticDepth);
        }
    }

    /// <summary>Four neighbours become one place with twice the channels; borders of odd sizes are filled with zeros.</summary>
    sealed class PatchMerging(int channels, bool second) : Layer
    {
        readonly Linear reduction = new(4 * channels, 2 * channels, bias: false);
        readonly LayerNorm norm = new([(second ? 2 : 4) * channels]);

        public override Tensor Forward(Tensor x)
        {
            if (x.Shape[1] % 2 != 0 || x.Shape[2] % 2 != 0) x = x.Pad([0, 0, 0, x.Shape[2] % 2, 0, x.Shape[1] % 2]);
            x = x.Reshape(x.Shape[0], x.Shape[1] / 2, 2, x.Shape[2] / 2, 2, x.Shape[3]).Permute(0, 1, 3, 4, 2, 5).Flatten(3);
            return second ? x.Apply(reduction).Apply(norm) : x.Apply(norm).Apply(reduction);
        }
    }
}
